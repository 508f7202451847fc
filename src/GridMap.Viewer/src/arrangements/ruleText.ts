import { weekdays, type Weekday } from './weekdays'

/** A recurrence rule (RFC 5545) that the form can write; others are shown as they are. */
export type Rhythm = { kind: 'weekly'; days: readonly Weekday[] } | { kind: 'monthly'; days: readonly number[] }

const isWeekday = (day: string): day is Weekday => (weekdays as readonly string[]).includes(day)
const isMonthDay = (day: number) => Number.isInteger(day) && day !== 0 && day >= -31 && day <= 31

export const ruleOf = ({ kind, days }: Rhythm): string => (kind === 'weekly' ? `FREQ=WEEKLY;BYDAY=${days.join(',')}` : `FREQ=MONTHLY;BYMONTHDAY=${days.join(',')}`)

/** What a rule says; null where it says more than the form can. */
export function rhythmOf(rule: string): Rhythm | null {
  const weekly = /^FREQ=WEEKLY;BYDAY=([A-Z,]+)$/.exec(rule)?.[1]?.split(',')
  if (weekly) return weekly.every(isWeekday) ? { kind: 'weekly', days: weekly } : null
  const monthly = /^FREQ=MONTHLY;BYMONTHDAY=([-\d,]+)$/.exec(rule)?.[1]?.split(',').map(Number)
  return monthly?.every(isMonthDay) ? { kind: 'monthly', days: monthly } : null
}

/** Days of the month as somebody writes them: 1, 15 or 1、15 or １，１５; null where one is no day. */
export function readMonthDays(text: string): number[] | null {
  const parts = text.normalize('NFKC').split(/[,、;\s]+/).filter(Boolean)
  const days = parts.map((part) => (/^-?\d{1,2}$/.test(part) ? Number(part) : 0))
  return parts.length > 0 && days.every(isMonthDay) ? [...new Set(days)] : null
}
