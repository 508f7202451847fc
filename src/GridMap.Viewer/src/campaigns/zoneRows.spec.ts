import { expect, test } from 'vitest'
import type { ProgressDays, ProgressRow } from '../api/types'
import { countLights, worstFirst, zoneRows } from './zoneRows'

const row = (code: string, percent: (number | null)[], spi: (number | null)[], light: string) => ({ gridId: Number(code), code, percent, spi, light })
const days: ProgressDays = {
  campaign: 1,
  level: 3,
  days: ['2026-09-01', '2026-09-02'],
  frozen: [null, null],
  rows: [row('1', [0.1, 0.3], [1, 0.96], 'gg'), row('2', [0.1, 0.1], [0.9, 0.4], 'yr'), row('3', [null, null], [null, null], '--'), row('4', [0.2, 0.2], [0.9, 0.4], 'yr')],
  total: { percent: [], planned: [], issuesNew: [], issuesWrittenOff: [] },
}

test('a day is read from the table of all days', () => {
  const rows = zoneRows(days, 1, new Map(), true)
  expect(rows.map(({ light }) => light)).toEqual(['green', 'red', 'grey', 'red'])
  expect(rows[0]?.change).toBeCloseTo(0.2)
  expect(rows[2]?.change).toBeNull()
})

test('the first day has no day before it to be compared with', () => {
  expect(zoneRows(days, 0, new Map(), true).map(({ change }) => change)).toEqual([null, null, null, null])
})

test('the worst come first, those without a plan last, equal ones by code', () => {
  const rows = zoneRows(days, 1, new Map(), true)
  expect(worstFirst([...rows].reverse(), 'spi').map(({ code }) => code)).toEqual(['2', '4', '1', '3'])
  expect(worstFirst(rows, 'percent').map(({ code }) => code)).toEqual(['2', '4', '1', '3'])
})

test('every grid is counted under one light', () => {
  expect(countLights(zoneRows(days, 1, new Map(), true))).toEqual({ red: 2, yellow: 0, green: 1, grey: 1 })
})

test('silent is a grid with a plan from which nothing came on a workday, and which is known not to have come', () => {
  const detail = (loggedZones: number) => ({ loggedZones, zones: 2 }) as ProgressRow
  const silent = (details: [string, ProgressRow][], workday = true) => zoneRows(days, 1, new Map(details), workday).map((one) => one.silent)
  expect(silent([['1', detail(0)], ['3', detail(0)]])).toEqual([true, false, false, false])
  expect(silent([['1', detail(0)]], false)).toEqual([false, false, false, false])
  expect(silent([['1', detail(1)]])).toEqual([false, false, false, false])
  expect(silent([])).toEqual([false, false, false, false])
})
