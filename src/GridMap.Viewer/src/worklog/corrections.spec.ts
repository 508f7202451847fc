import { expect, test } from 'vitest'
import type { WorkLogItem } from '../api/types'
import { correctionOf, foldCorrections } from './corrections'

const entry = (id: number, quantity: number, corrects: number | null = null): WorkLogItem => ({ id, grid: 'Z', day: '2026-09-12', item: 'heaps', quantity, headCount: null, headCountChange: null, byRole: null, recordedAt: '2026-09-12T08:00:00Z', corrects, by: null, note: null, photos: [] })

test('corrections stand at what they correct, in their order, and add up exactly', () => {
  const folded = foldCorrections([entry(5, 0.2, 1), entry(4, 3), entry(3, -0.3, 1), entry(1, 0.4)])
  expect(folded.map(({ entry: { id }, corrections, now }) => [id, corrections.map((each) => each.id), now])).toEqual([[4, [], 3], [1, [3, 5], 0.3]])
})

test('a correction of what is no longer in the list stands for itself', () => {
  expect(foldCorrections([entry(9, -1, 2)]).map(({ entry: { id }, now }) => [id, now])).toEqual([[9, -1]])
})

test('the difference to what it should have been is sent', () => {
  const one = { entry: entry(1, 12), corrections: [entry(2, -2, 1)], now: 10 }
  expect(correctionOf(one, { quantity: 2.5, people: undefined }, ' typed twice ', null)).toMatchObject({ grid: 'Z', day: '2026-09-12', entries: [{ item: 'heaps', quantity: -7.5 }], headCount: null, corrects: 1, note: 'typed twice' })
  expect(correctionOf(one, { quantity: 10, people: undefined }, '', null)).toBeNull()
})

test.each([
  ['fewer people than were told', 8, 5, -3],
  ['more', 8, 9, 1],
  ['none at all', 8, 0, -8],
  ['people of whom nobody told', null, 4, 4],
] as const)('people are corrected without a quantity: %s', (_, was, should, headCount) => {
  const one = { entry: { ...entry(1, 12), headCount: was }, corrections: [], now: 12 }
  expect(correctionOf(one, { quantity: 12, people: should }, '', null)).toMatchObject({ entries: null, headCount, corrects: 1 })
  expect(correctionOf(one, { quantity: 11, people: should }, '', null)).toMatchObject({ entries: [{ item: 'heaps', quantity: -1 }], headCount })
  expect(correctionOf(one, { quantity: 12, people: was ?? 0 }, '', null)).toBeNull()
})
