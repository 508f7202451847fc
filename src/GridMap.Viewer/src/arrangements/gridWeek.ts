import type { Arrangement, Campaign } from '../api/types'
import { moveDay } from '../calendar/calendarDays'
import { weekdays, type Weekday } from './weekdays'

/** A day of one grid: what was arranged for it, and what comes back by rules. */
export interface WeekDay {
  day: string
  weekday: Weekday
  own: Arrangement | null
  rules: readonly Arrangement[]
}

/** The days of a week that the campaign has. */
export function daysOf(monday: string, { from, to }: Pick<Campaign, 'from' | 'to'>, items: readonly Arrangement[]): WeekDay[] {
  return weekdays
    .map((weekday, i) => ({ day: moveDay(monday, i), weekday }))
    .filter(({ day }) => day >= from && day <= to)
    .map(({ day, weekday }) => {
      const here = items.filter((item) => item.day === day)
      return { day, weekday, own: here.find(({ recurring }) => recurring === null) ?? null, rules: here.filter(({ recurring }) => recurring !== null) }
    })
}

/** What is written for a day in the form: nothing follows the rules, and a word says that there is none. */
export interface WrittenDay {
  day: string
  words: string
  person: number | null
}

/** What of a week is to be sent: only the days that say something else than before. */
export function changesOf(grid: string, days: readonly WeekDay[], written: readonly WrittenDay[], nothing: string) {
  return days.flatMap(({ day, own }) => {
    const now = written.find((one) => one.day === day)
    if (!now) return []
    const [words, none] = [now.words.trim(), now.words.trim() === nothing]
    if (!own && words === '') return []
    if (own && (none ? own.words === '' : words === own.words) && now.person === own.person) return []
    return [{ grid, day, words: none ? '' : words, person: none ? null : now.person, version: own?.version ?? 0 }]
  })
}
