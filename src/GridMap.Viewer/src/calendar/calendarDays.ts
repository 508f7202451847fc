import type { CalendarDay } from '../api/types'

/** Days as the wire writes them: 2027-01-31. No clock and no zone is in them. */
export type Days = ReadonlyMap<string, Pick<CalendarDay, 'isWorkday' | 'name'>>

const dayMs = 86_400_000
const at = (day: string) => Date.parse(`${day}T00:00Z`)
const text = (instant: number) => new Date(instant).toISOString().slice(0, 10)

/** 0 is Monday. */
export const weekdayOf = (day: string): number => (new Date(at(day)).getUTCDay() + 6) % 7
export const isWeekend = (day: string): boolean => weekdayOf(day) > 4
export const moveDay = (day: string, by: number): string => text(at(day) + by * dayMs)

/** The days of a month in weeks from Monday; null where another month is. */
export function weeksOf(year: number, month: number): (string | null)[][] {
  const first = text(Date.UTC(year, month, 1))
  const count = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  const cells: (string | null)[] = [...Array<null>(weekdayOf(first)).fill(null), ...Array.from({ length: count }, (_, i) => moveDay(first, i))]
  while (cells.length % 7 > 0) cells.push(null)
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7))
}

export const daysOf = (days: readonly CalendarDay[]): Days => new Map(days.map(({ day, isWorkday, name }) => [day, { isWorkday, name }]))
export const wireOf = (days: Days): CalendarDay[] => [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, { isWorkday, name }]) => ({ day, isWorkday, name }))
export const sameDays = (a: Days, b: Days): boolean => JSON.stringify(wireOf(a)) === JSON.stringify(wireOf(b))

/** What a press makes of a day: a weekday becomes one of rest and back; a weekend day is worked, then a named day of rest, then as always. */
export function pressed(days: Days, day: string, workName: string): Days {
  const next = new Map(days)
  const now = days.get(day)
  if (now && !now.isWorkday) next.delete(day)
  else if (!now && isWeekend(day)) next.set(day, { isWorkday: true, name: workName })
  // The name of the holiday beside it, for that is what it prolongs.
  else next.set(day, { isWorkday: false, name: [-1, 1].map((by) => days.get(moveDay(day, by))).find((beside) => beside && !beside.isWorkday)?.name ?? '' })
  return next
}

/** Days of rest that follow each other under one name, and each make-up day for itself. */
export interface Run {
  from: string
  to: string
  days: number
  isWorkday: boolean
  name: string
}

export function runsOf(days: Days): Run[] {
  const runs: Run[] = []
  for (const { day, isWorkday, name } of wireOf(days)) {
    const last = runs.at(-1)
    if (last && !isWorkday && !last.isWorkday && last.name === name && moveDay(last.to, 1) === day) Object.assign(last, { to: day, days: last.days + 1 })
    else runs.push({ from: day, to: day, days: 1, isWorkday, name })
  }
  return runs
}

/** A run under another name. */
export function named(days: Days, { from, to }: Pick<Run, 'from' | 'to'>, name: string): Days {
  return new Map([...days].map(([day, known]) => [day, day >= from && day <= to ? { ...known, name } : known]))
}
