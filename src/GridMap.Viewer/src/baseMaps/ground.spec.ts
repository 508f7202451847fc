import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec'
import { expect, test } from 'vitest'
import type { BaseMap } from '../api/types'
import { rasterGround, type Ground } from './groundLayers'
import { streetGround } from './streetGround'

const origin = 'https://maps.example'
const base: BaseMap = {
  id: 'tianditu',
  name: '',
  nameEn: '',
  kind: 'tiles',
  content: 'raster',
  layers: ['vec', 'cva'].map((id) => ({ id, url: `/basemaps/tianditu/${id}/{z}/{x}/{y}` })),
  tileSize: 256,
  minZoom: 1,
  maxZoom: 18,
  attribution: '',
  approval: '',
  refused: null,
}
const file = (content: BaseMap['content']): BaseMap => ({ ...base, kind: 'pmtiles', content, layers: [{ id: 'file', url: '/basemaps/tianditu.pmtiles' }] })

const faults = ({ sources, layers }: Ground) => validateStyleMin({ version: 8, sources, layers } as Parameters<typeof validateStyleMin>[0]).map(({ message }) => message)

test('stacked layers are drawn the lowest first, from this service alone', () => {
  const { sources, layers } = rasterGround(base, false, origin)
  expect(layers.map(({ id }) => id)).toEqual(['base-vec', 'base-cva'])
  expect(sources['base-cva']).toEqual({ type: 'raster', tiles: [`${origin}/basemaps/tianditu/cva/{z}/{x}/{y}`], tileSize: 256, minzoom: 1, maxzoom: 18 })
})

test('a file of pictures is read by ranges, and says its zooms itself', () => {
  expect(rasterGround(file('raster'), false, origin).sources).toEqual({ 'base-file': { type: 'raster', url: `pmtiles://${origin}/basemaps/tianditu.pmtiles`, tileSize: 256 } })
})

test('by night pictures are dark', () => {
  const [layer] = rasterGround(base, true, origin).layers
  expect(layer?.paint).toMatchObject({ 'raster-brightness-max': 0.4 })
})

test.each([false, true])('streets need neither letters nor pictures, and have the colours of the ground (by night: %s)', (night) => {
  const { layers } = streetGround(file('vector'), night, origin)
  expect(layers.length).toBeGreaterThan(30)
  expect(layers.every(({ id, type }) => id.startsWith('base-') && type !== 'symbol')).toBe(true)
  expect(JSON.stringify(layers)).not.toMatch(/text-|icon-|-pattern|undefined/)
  expect(layers.find(({ id }) => id === 'base-water')?.paint).toEqual({ 'fill-color': night ? '#17304d' : '#cfe2ee' })
})

test('what is added to the style is valid', () => {
  for (const night of [false, true]) {
    expect(faults(rasterGround(base, night, origin))).toEqual([])
    expect(faults(rasterGround(file('raster'), night, origin))).toEqual([])
    expect(faults(streetGround(file('vector'), night, origin))).toEqual([])
  }
})
