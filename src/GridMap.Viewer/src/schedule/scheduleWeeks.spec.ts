import { expect, test } from 'vitest'
import { mondayOf, shortDay, weeksOf } from './scheduleWeeks'

test('weeks run from the Monday of the first day to the week of the last, today is in one of them', () => {
  const weeks = weeksOf({ from: '2026-09-01', to: '2026-11-30', phases: [], today: '2026-11-22' })
  expect(weeks).toHaveLength(14)
  expect(weeks[0]).toEqual({ monday: '2026-08-31', number: 1, phase: null, current: false })
  expect(weeks.at(-1)?.monday).toBe('2026-11-30')
  expect(weeks.filter(({ current }) => current).map(({ monday }) => monday)).toEqual(['2026-11-16'])
})

test('a week belongs to the phase that has most of its days', () => {
  const phases = [
    { name: '干净', nameEn: '', from: '2026-03-01', to: '2026-03-10' },
    { name: '整洁', nameEn: '', from: '2026-03-11', to: '2026-03-20' },
  ]
  const weeks = weeksOf({ from: '2026-03-01', to: '2026-03-31', phases, today: '2026-03-01' })
  expect(weeks.map(({ phase }) => phase)).toEqual([0, 0, 1, 1, null, null])
})

test('a Monday is its own', () => {
  expect(mondayOf('2026-11-16')).toBe('2026-11-16')
  expect(mondayOf('2026-01-01')).toBe('2025-12-29')
  expect(shortDay('2026-03-02')).toBe('3/2')
})
