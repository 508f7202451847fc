import { expect, test } from 'vitest'
import type { ProgressRow } from '../api/types'
import { frozenDifference } from './frozenDifference'

const row = (code: string | null, percent: number | null, done = 0) => ({ code, name: code === null ? null : `zone ${code}`, percent, quantities: [{ item: 'heaps', planned: 9, plannedBy: 9, done }] }) as unknown as ProgressRow
const table = (total: number | null, ...rows: [string, number | null][]) => ({ rows: rows.map(([code, percent]) => row(code, percent)), total: row(null, total) })

test('zones whose percentage is another are counted, the most changed first', () => {
  const found = frozenDifference(table(0.5, ['A', 0.4], ['B', 0.6], ['C', null], ['D', 0.1]), table(0.55, ['A', 0.42], ['B', 0.5], ['C', 0.2], ['D', 0.1]))
  expect(found).toMatchObject({ count: 3, then: 0.5, now: 0.55 })
  expect(found?.rows.map(({ code }) => code)).toEqual(['C', 'B', 'A'])
})

test('what is done beyond the plan differs too, though no percentage does', () => {
  const total = row(null, 0.5)
  expect(frozenDifference({ rows: [row('A', 1, 9)], total }, { rows: [row('A', 1, 12)], total })).toMatchObject({ count: 1, rows: [{ code: 'A', then: 1, now: 1 }] })
})

test('where nothing that is shown differs there is nothing to choose', () => {
  expect(frozenDifference(table(0.5, ['A', 0.4]), table(0.5, ['A', 0.4]))).toBeNull()
})
