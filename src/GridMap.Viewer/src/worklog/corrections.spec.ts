import { expect, test } from 'vitest'
import type { WorkLogItem } from '../api/types'
import { correctionOf, foldCorrections } from './corrections'

const entry = (id: number, quantity: number, corrects: number | null = null): WorkLogItem => ({ id, grid: 'Z', day: '2026-09-12', item: 'heaps', quantity, headCount: null, byRole: null, recordedAt: '2026-09-12T08:00:00Z', corrects, by: null, note: null, photos: [] })

test('corrections stand at what they correct, in their order, and add up exactly', () => {
  const folded = foldCorrections([entry(5, 0.2, 1), entry(4, 3), entry(3, -0.3, 1), entry(1, 0.4)])
  expect(folded.map(({ entry: { id }, corrections, now }) => [id, corrections.map((each) => each.id), now])).toEqual([[4, [], 3], [1, [3, 5], 0.3]])
})

test('a correction of what is no longer in the list stands for itself', () => {
  expect(foldCorrections([entry(9, -1, 2)]).map(({ entry: { id }, now }) => [id, now])).toEqual([[9, -1]])
})

test('the difference to what it should have been is sent', () => {
  const one = { entry: entry(1, 12), corrections: [entry(2, -2, 1)], now: 10 }
  expect(correctionOf(one, 2.5, ' typed twice ', null)).toMatchObject({ grid: 'Z', day: '2026-09-12', entries: [{ item: 'heaps', quantity: -7.5 }], corrects: 1, note: 'typed twice' })
  expect(correctionOf(one, 10, '', null)).toBeNull()
})
