import { api, take } from '../api/client'
import type { Campaign, ProgressRow } from '../api/types'
import type { WireEntry } from './scheduleBook'
import { gridsOf, inOrder, type ScheduleGrid } from './scheduleRows'

const page = 1000
/** Requests side by side; a browser keeps six to one service. */
const atOnce = 4

export interface DoneRow {
  grid: string
  item: string
  week: string
  done: number
}

async function pages<T>(ask: (cursor: string | undefined) => Promise<{ items: T[]; next: string | null }>, take: (items: T[]) => void): Promise<void> {
  let cursor: string | undefined
  do {
    const { items, next } = await ask(cursor)
    take(items)
    cursor = next ?? undefined
  } while (cursor !== undefined)
}

/** Of one grid, of one week, or of all that one sees. */
export interface Part {
  grid?: string
  week?: string
}

/** The schedule's entries, page by page. */
export const readEntries = (id: number, { grid, week }: Part, signal: AbortSignal, each: (items: WireEntry[]) => void): Promise<void> =>
  pages((cursor) => take(api.GET('/api/v1/campaigns/{id}/schedule', { params: { path: { id }, query: { grid, week, limit: page, cursor } }, signal, cache: 'no-store' })), each)

/** What was done by week, page by page. */
export const readDone = (id: number, { grid, week }: Part, signal: AbortSignal, each: (items: DoneRow[]) => void): Promise<void> =>
  pages((cursor) => take(api.GET('/api/v1/campaigns/{id}/schedule/done', { params: { path: { id }, query: { grid, week, limit: page, cursor } }, signal, cache: 'no-store' })), each)

/** Does something for each week, a few at a time: the service answers them side by side. */
export async function byWeek(weeks: readonly string[], each: (week: string) => Promise<void>): Promise<void> {
  const left = [...weeks]
  const worker = async () => {
    for (let week = left.shift(); week !== undefined; week = left.shift()) await each(week)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

export interface ScheduleGrids {
  grids: ScheduleGrid[]
  /** The zones' figures of today, for the lights. */
  zones: readonly ProgressRow[]
}

/** The zones and the grids round them, as they were at the campaign's start. */
export async function readGrids({ id, zoneLevel }: Pick<Campaign, 'id' | 'zoneLevel'>, signal: AbortSignal): Promise<ScheduleGrids> {
  const levels = Array.from({ length: zoneLevel }, (_, i) => i + 1)
  const answers = await Promise.all(levels.map((level) => take(api.GET('/api/v1/campaigns/{id}/progress', { params: { path: { id }, query: { level } }, signal, cache: 'no-store' }))))
  return { grids: inOrder(answers.flatMap(({ rows }, i) => gridsOf(i + 1, zoneLevel, rows))), zones: answers.at(-1)?.rows ?? [] }
}
