import { expect, test } from 'vitest'
import type { ProgressWeeksRow } from '../api/types'
import { inOrder, standing } from './weekTable'

const row = (code: string, ...changes: (number | null)[]) => {
  let percent: number | null = 0
  const weeks = changes.map((change, i) => {
    percent = change === null ? null : (percent ?? 0) + change
    return { week: `2026-03-0${2 + i}`, on: `2026-03-0${3 + i}`, percent, spi: null, light: 'grey', change }
  })
  return { code, name: code, parent: null, weeks } as ProgressWeeksRow
}
const codes = (rows: readonly ProgressWeeksRow[]) => rows.map(({ code }) => code)

test('the week that is on stands beside the one before', () => {
  expect(standing(row('a', 0.25, 0.5, 0.125))).toEqual({ now: 0.125, before: 0.5 })
})

test('in the first week there is none before, and before the first there is nothing', () => {
  expect(standing(row('a', 0.25))).toEqual({ now: 0.25, before: null })
  expect(standing(row('a'))).toEqual({ now: null, before: null })
})

test('who moved least comes first, who has no plan last, and equal rows keep their order', () => {
  const rows = [row('a', 0.2, 0.1), row('b', null, null), row('c', 0.1, 0), row('d', 0.05, 0.1), row('e', null, null)]
  expect(codes(inOrder(rows, 'now'))).toEqual(['c', 'a', 'd', 'b', 'e'])
  expect(codes(inOrder(rows, 'before'))).toEqual(['d', 'c', 'a', 'b', 'e'])
  expect(codes(inOrder(rows, 'code'))).toEqual(['a', 'b', 'c', 'd', 'e'])
})
