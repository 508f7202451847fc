import { expect, test } from 'vitest'
import { dayIndex, daysBetween, openingDay } from './campaignDays'
import { curve } from './curve'

test('it opens with today, or with the last day that was logged for', () => {
  expect(openingDay({ today: '2026-11-22', lastLog: '2026-11-21' })).toBe('2026-11-21')
  expect(openingDay({ today: '2026-11-22', lastLog: '2026-11-22' })).toBe('2026-11-22')
  expect(openingDay({ today: '2026-09-01', lastLog: null })).toBe('2026-09-01')
})

test('a day beyond the days counts as the nearest one', () => {
  const days = ['2026-09-01', '2026-09-02', '2026-09-03']
  expect(['2026-08-01', '2026-09-02', '2027-01-01'].map((day) => dayIndex(days, day))).toEqual([0, 1, 2])
  expect(dayIndex([], '2026-09-02')).toBe(-1)
})

test('days are counted over the end of a month', () => {
  expect(daysBetween('2026-09-30', '2026-10-01')).toBe(1)
})

test('a curve has 100 % at the top, and ends where the days end', () => {
  expect(curve([0, 0.5, 1], 4, 100, 40)).toEqual({ line: 'M0 40L25 20L50 0', end: { x: 50, y: 0 } })
  expect(curve([null, 0.5], 4, 100, 40).line).toBe('M25 20')
  expect(curve([], 4, 100, 40).end).toBeNull()
})
