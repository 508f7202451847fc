import { expect, test } from 'vitest'
import { fromFeature } from './plannedGrid'
import { holdNear, placeOf, type Hold } from './snapping'

const grid = fromFeature({
  type: 'Feature', id: 1, properties: { level: 1 },
  geometry: { type: 'Polygon', coordinates: [[[0, 0], [0.100000001, 0], [0.1, 0.1], [0, 0.1], [0, 0]]] },
})
const project = ([lon, lat]: [number, number]) => ({ x: lon * 1000, y: -lat * 1000 })
const hold = (x: number, y: number) => holdNear([grid], { x, y }, project)

test('a vertex is taken before an edge, to the last digit', () => {
  expect(hold(96, -3)).toEqual({ at: [0.100000001, 0], edgeEnd: null })
})

test('an edge is taken at the place under the pointer', () => {
  const found = hold(50, 4) as Hold
  expect(found.edgeEnd).toEqual([0.100000001, 0])
  expect(placeOf(found)[0]).toBeCloseTo(0.05, 6)
  expect(placeOf(found)[1]).toBe(0)
})

test('far from everything nothing is taken', () => {
  expect(hold(50, -50)).toBeNull()
  expect(hold(300, 0)).toBeNull()
})
