import { expect, test } from 'vitest'
import { daysOf, moveDay, named, pressed, runsOf, sameDays, weeksOf, wireOf, type Days } from './calendarDays'

test('a month is laid out in weeks from Monday', () => {
  // February of 2027 begins on a Monday and fills four weeks exactly.
  expect(weeksOf(2027, 1)).toHaveLength(4)
  expect(weeksOf(2027, 1)[0]?.[0]).toBe('2027-02-01')
  // August of 2026 begins on a Saturday and reaches into a sixth week.
  const august = weeksOf(2026, 7)
  expect(august).toHaveLength(6)
  expect(august[0]).toEqual([null, null, null, null, null, '2026-08-01', '2026-08-02'])
  expect(august[5]?.[0]).toBe('2026-08-31')
  for (let year = 2024; year < 2030; year++) expect(Array.from({ length: 12 }, (_, month) => weeksOf(year, month).flat().filter(Boolean)).flat()).toHaveLength(year % 4 === 0 ? 366 : 365)
})

test('a press goes round: a weekday in two steps, a weekend day in three', () => {
  const none: Days = new Map()
  const rest = pressed(none, '2027-03-08', 'made up')
  expect(rest.get('2027-03-08')).toEqual({ isWorkday: false, name: '' })
  expect(pressed(rest, '2027-03-08', 'made up').size).toBe(0)
  const worked = pressed(none, '2027-03-06', 'made up')
  expect(worked.get('2027-03-06')).toEqual({ isWorkday: true, name: 'made up' })
  const holiday = pressed(worked, '2027-03-06', 'made up')
  expect(holiday.get('2027-03-06')?.isWorkday).toBe(false)
  expect(pressed(holiday, '2027-03-06', 'made up').size).toBe(0)
})

test('a day beside a holiday prolongs it; runs are told as one and renamed as one', () => {
  let days = daysOf([{ day: '2027-05-01', isWorkday: false, name: 'May Day' }, { day: '2027-05-02', isWorkday: false, name: 'May Day' }, { day: '2027-05-08', isWorkday: true, name: 'made up' }])
  days = pressed(days, '2027-05-03', 'made up')
  expect(runsOf(days)).toEqual([
    { from: '2027-05-01', to: '2027-05-03', days: 3, isWorkday: false, name: 'May Day' },
    { from: '2027-05-08', to: '2027-05-08', days: 1, isWorkday: true, name: 'made up' },
  ])
  const other = named(days, { from: '2027-05-01', to: '2027-05-03' }, 'Labour Day')
  expect(wireOf(other).map(({ name }) => name)).toEqual(['Labour Day', 'Labour Day', 'Labour Day', 'made up'])
  expect(sameDays(days, other)).toBe(false)
  expect(sameDays(days, daysOf(wireOf(days).reverse()))).toBe(true)
})

test('days go on over the ends of months and years', () => {
  expect(moveDay('2027-12-31', 1)).toBe('2028-01-01')
  expect(moveDay('2028-03-01', -1)).toBe('2028-02-29')
})
