import { expect, test } from 'vitest'
import type { ProgressRow } from '../api/types'
import { frozenDifference } from './frozenDifference'

const row = (code: string | null, percent: number | null) => ({ code, name: code === null ? null : `zone ${code}`, percent }) as ProgressRow
const table = (total: number | null, ...rows: [string, number | null][]) => ({ rows: rows.map(([code, percent]) => row(code, percent)), total: row(null, total) })

test('zones whose percentage is another are counted, the most changed first', () => {
  const found = frozenDifference(table(0.5, ['A', 0.4], ['B', 0.6], ['C', null], ['D', 0.1]), table(0.55, ['A', 0.42], ['B', 0.5], ['C', 0.2], ['D', 0.1]))
  expect(found).toMatchObject({ count: 3, then: 0.5, now: 0.55 })
  expect(found?.rows.map(({ code }) => code)).toEqual(['C', 'B', 'A'])
})

test('where nothing that is shown differs there is nothing to choose', () => {
  expect(frozenDifference(table(0.5, ['A', 0.4]), table(0.5, ['A', 0.4]))).toBeNull()
})
