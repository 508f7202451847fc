import { expect, test } from 'vitest'
import { fromFeature, type PlannedGrid } from './plannedGrid'
import { otherSide, parentFor, sideOf } from './suggest'

const square = (code: string, west: number): PlannedGrid =>
  fromFeature({ type: 'Feature', id: 1, properties: { code, level: 2 }, geometry: { type: 'Polygon', coordinates: [[[west, 0], [west + 1, 0], [west + 1, 1], [west, 1], [west, 0]]] } })
const east = square('east', 1)
const far = square('far', 5)

test('the grid that the line runs through is the other one', () => {
  expect(otherSide({ type: 'LineString', coordinates: [[1, 0.2], [1.3, 0.5], [1, 0.8]] }, [far, east])).toBe('east')
})

test('of a line within the grid itself it is the one at whose border it begins and ends', () => {
  expect(otherSide({ type: 'LineString', coordinates: [[1, 0.2], [0.7, 0.5], [1, 0.8]] }, [far, east])).toBe('east')
})

test('what is near to none is free ground', () => {
  expect(otherSide({ type: 'LineString', coordinates: [[0, 0.2], [-0.3, 0.5], [0, 0.8]] }, [far, east])).toBeNull()
})

test('a new grid belongs to the one that most of it lies in', () => {
  const area: GeoJSON.Polygon = { type: 'Polygon', coordinates: [[[0.5, 0.5], [1.5, 0.4], [1.6, 0.6], [0.5, 0.5]]] }
  expect(parentFor(area, [far, east])).toBe('east')
  expect(sideOf(east, [1, 0.5])).toBe(0)
})
