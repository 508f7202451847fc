import type { ProgressWeeksRow } from '../api/types'

/** What the rows of the weeks can be put in order by. */
export const weekOrders = ['code', 'now', 'before'] as const
export type WeekOrder = (typeof weekOrders)[number]

/** What the week that is on has brought a row, and what the one before had. */
export function standing({ weeks }: Pick<ProgressWeeksRow, 'weeks'>): Record<Exclude<WeekOrder, 'code'>, number | null> {
  const [now, before] = [weeks.at(-1), weeks.at(-2)]
  return { now: now?.change ?? null, before: before?.change ?? null }
}

/** The least first: who has moved least is looked for. Rows without a plan come last, and equal ones stay by code. */
export function inOrder<Row extends Pick<ProgressWeeksRow, 'weeks'>>(rows: readonly Row[], order: WeekOrder): Row[] {
  if (order === 'code') return [...rows]
  const value = (row: Row) => standing(row)[order] ?? Number.POSITIVE_INFINITY
  return [...rows].sort((a, b) => (value(a) === value(b) ? 0 : value(a) - value(b)))
}
