import { expect, test } from 'vitest'
import type { ZoneProgress } from '../api/types'
import { weekShares } from './weekShares'

const items = [
  { code: 'rubbish', name: '', nameEn: '', unit: 't', weight: 3 },
  { code: 'sheds', name: '', nameEn: '', unit: 'm2', weight: 1 },
]
const zone = (planned: number[]) =>
  ({
    row: { quantities: items.map(({ code }, i) => ({ item: code, planned: planned[i], plannedBy: 0, done: 0 })) },
    weeks: [{ week: '2026-09-07', goal: '', quantities: [{ item: 'rubbish', planned: 10, done: 5 }, { item: 'sheds', planned: 100, done: 100 }] }],
  }) as unknown as ZoneProgress

test('a week counts by the weights of its items, whatever their units', () => {
  const [week] = weekShares(zone([20, 400]), items)
  expect(week?.planned).toBeCloseTo((3 * 0.5 + 0.25) / 4)
  expect(week?.done).toBeCloseTo((3 * 0.25 + 0.25) / 4)
})

test('an item without a plan has no weight', () => {
  expect(weekShares(zone([20, 0]), items)[0]?.planned).toBeCloseTo(0.5)
  expect(weekShares(zone([0, 0]), items)[0]?.planned).toBe(0)
})
