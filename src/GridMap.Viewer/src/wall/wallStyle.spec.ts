import { expect, test } from 'vitest'
import { mapStyle } from '../map/mapStyle'
import { wallStyle } from './wallStyle'

const levels = [1, 2, 3].map((level) => ({ level, name: '', nameEn: '', grids: 2 }))
const day = mapStyle(levels, { tiles: ['http://localhost/{z}/{x}/{y}'], minzoom: 0, maxzoom: 14, vector_layers: [] })

test('by night the ground is dark and the data keep their colours', () => {
  const night = wallStyle(day)
  const of = (style: typeof day, id: string) => style.layers.find((layer) => layer.id === id)?.paint
  expect(of(night, 'paper')).toEqual({ 'background-color': '#0f1726' })
  for (const id of ['grid-fill-3', 'grid-red-3', 'grid-yellow-3']) expect(of(night, id)).toEqual(of(day, id))
  expect(night.layers.map(({ id }) => id)).toEqual(day.layers.map(({ id }) => id))
})
