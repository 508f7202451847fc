import type { CampaignItem, ZoneProgress } from '../api/types'

export interface WeekShare {
  week: string
  /** Of the whole plan, weighted over the items as percent is: 0 to 1. */
  planned: number
  done: number
  goal: string
}

/** What each week adds to the percent of the whole: tonnes and square metres cannot be added, their shares can. */
export function weekShares(zone: ZoneProgress, items: readonly CampaignItem[]): WeekShare[] {
  const whole = new Map(zone.row.quantities.map(({ item, planned }) => [item, planned]))
  const weighed = items.filter(({ code }) => (whole.get(code) ?? 0) > 0)
  const weights = weighed.reduce((sum, { weight }) => sum + weight, 0)
  return zone.weeks.map(({ week, quantities, goal }) => {
    const of = new Map(quantities.map((quantity) => [quantity.item, quantity]))
    const share = (what: 'planned' | 'done') =>
      weights === 0 ? 0 : weighed.reduce((sum, { code, weight }) => sum + (weight * (of.get(code)?.[what] ?? 0)) / (whole.get(code) ?? 1), 0) / weights
    return { week, goal, planned: share('planned'), done: share('done') }
  })
}
