import { expect, test } from 'vitest'
import { dayAfter, dayOf, endOfDay, instantOf, lastDayOf, wallTimeOf } from './zonedTime'

const zone = 'Asia/Shanghai'

test('a day begins at the midnight of the territory, wherever the browser is', () => {
  expect(instantOf('2026-11-21', zone)).toBe('2026-11-20T16:00:00.000Z')
  expect(instantOf('2026-11-21T08:30', zone)).toBe('2026-11-21T00:30:00.000Z')
  expect(wallTimeOf('2026-11-21T00:30:59.900Z', zone)).toBe('2026-11-21T08:30')
  expect(dayOf('2026-11-20T16:00:00Z', zone)).toBe('2026-11-21')
})

test('a term to the end of a day is shown with that day', () => {
  const end = endOfDay('2026-12-31', zone)
  expect(end).toBe('2026-12-31T16:00:00.000Z')
  expect(lastDayOf(end, zone)).toBe('2026-12-31')
  expect(lastDayOf('2026-12-31T15:00:00Z', zone)).toBeNull()
})

test('a change of the clocks moves no day', () => {
  expect(instantOf('2026-03-29', 'Europe/Berlin')).toBe('2026-03-28T23:00:00.000Z')
  expect(instantOf('2026-03-30', 'Europe/Berlin')).toBe('2026-03-29T22:00:00.000Z')
  expect(dayAfter('2026-12-31')).toBe('2027-01-01')
})
