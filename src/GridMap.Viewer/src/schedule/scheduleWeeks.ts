import type { Campaign } from '../api/types'
import { daysBetween } from '../campaigns/campaignDays'

/** A week of a campaign: one column. */
export interface ScheduleWeek {
  /** Its Monday. */
  monday: string
  /** In the campaign, from 1. */
  number: number
  /** Index of the campaign's phase that holds most of its days; null between phases. */
  phase: number | null
  current: boolean
}

const addDays = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** The Monday of a day's week. */
export const mondayOf = (day: string): string => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))

export function weeksOf(campaign: Pick<Campaign, 'from' | 'to' | 'phases' | 'today'>): ScheduleWeek[] {
  const weeks: ScheduleWeek[] = []
  const now = mondayOf(campaign.today)
  for (let monday = mondayOf(campaign.from); monday <= campaign.to; monday = addDays(monday, 7))
    weeks.push({ monday, number: weeks.length + 1, phase: phaseOf(monday, campaign.phases), current: monday === now })
  return weeks
}

function phaseOf(monday: string, phases: Campaign['phases']): number | null {
  const sunday = addDays(monday, 6)
  const days = phases.map(({ from, to }) => daysBetween(from > monday ? from : monday, to < sunday ? to : sunday) + 1)
  const most = Math.max(0, ...days)
  return most > 0 ? days.indexOf(most) : null
}

/** 11/16, as a column has room for. */
export const shortDay = (day: string): string => `${Number(day.slice(5, 7))}/${Number(day.slice(8, 10))}`
