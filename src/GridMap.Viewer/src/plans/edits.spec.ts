import { expect, test } from 'vitest'
import { bodyOf, emptyDraft, isSame, overshoot } from './edits'

const line: GeoJSON.LineString = { type: 'LineString', coordinates: [[113, 23], [113.001, 23]] }

test('an edit is there when all that it needs is there', () => {
  const draft = { ...emptyDraft(4), tool: 'split' as const, drawn: line }
  expect(bodyOf(draft)).toBeNull()
  expect(bodyOf({ ...draft, chosen: ['58-01'], keepAt: [113, 23.1] })).toMatchObject({ kind: 'split', grid: '58-01', keepAt: [113, 23.1], children: 'split' })
  expect(bodyOf({ ...draft, tool: 'merge', chosen: ['a'] })).toBeNull()
  expect(bodyOf({ ...draft, tool: 'merge', chosen: ['a', 'b', 'c'] })).toMatchObject({ keep: 'a', grids: ['b', 'c'] })
  expect(bodyOf({ ...draft, tool: 'transfer', chosen: ['a'] })).toBeNull()
  expect(bodyOf({ ...draft, tool: 'create' })).toBeNull()
  expect(bodyOf({ ...draft, repair: { level: 3, at: [113, 23] } })).toEqual({ kind: 'repair', level: 3, at: [113, 23] })
})

test('a line goes on beyond the borders that it ends on, and keeps the points where it meets them', () => {
  const { coordinates } = overshoot(line)
  expect(coordinates).toHaveLength(4)
  expect(coordinates.slice(1, 3)).toEqual(line.coordinates)
  expect(coordinates[0]?.[0]).toBeCloseTo(112.999999, 9)
  expect(coordinates[3]?.[0]).toBeCloseTo(113.001001, 9)
})

test('an edit whose answer was lost is known again', () => {
  const sent = { kind: 'merge', keep: 'a', grids: ['b'], allowApart: false }
  expect(isSame(sent, { ...sent, crs: null, seed: 1 })).toBe(true)
  expect(isSame(sent, { ...sent, grids: ['c'] })).toBe(false)
  expect(isSame(sent, null)).toBe(false)
})
