import type { Campaign } from '../api/types'

/** The day to open with: today if something was logged today, else the last day that anything was logged for. */
export function openingDay(campaign: Pick<Campaign, 'today' | 'lastLog'>): string {
  const { today, lastLog } = campaign
  return lastLog && lastLog < today ? lastLog : today
}

/** The index of a day among the days, which are consecutive; a day outside counts as the nearest one. */
export function dayIndex(days: readonly string[], day: string): number {
  const first = days[0]
  if (first === undefined) return -1
  return Math.min(days.length - 1, Math.max(0, daysBetween(first, day)))
}

const dayMilliseconds = 86_400_000

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMilliseconds)
}

/** A calendar day as an instant that is on that day in every inhabited time zone but the outermost. */
export function noonOf(day: string): string {
  return `${day}T12:00:00Z`
}
