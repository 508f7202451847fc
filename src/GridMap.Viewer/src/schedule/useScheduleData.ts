import { api, take } from '../api/client'
import type { Campaign, ProgressRow } from '../api/types'
import type { WireEntry } from './scheduleBook'
import { gridsOf, inOrder, type ScheduleGrid } from './scheduleRows'

const page = 1000

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

/** The schedule's entries, page by page; of one grid, or of all that one sees. */
export const readEntries = (id: number, grid: string | undefined, signal: AbortSignal, each: (items: WireEntry[]) => void): Promise<void> =>
  pages((cursor) => take(api.GET('/api/v1/campaigns/{id}/schedule', { params: { path: { id }, query: { grid, limit: page, cursor } }, signal, cache: 'no-store' })), each)

export const readDone = (id: number, grid: string | undefined, signal: AbortSignal, each: (items: DoneRow[]) => void): Promise<void> =>
  pages((cursor) => take(api.GET('/api/v1/campaigns/{id}/schedule/done', { params: { path: { id }, query: { grid, limit: page, cursor } }, signal, cache: 'no-store' })), each)

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
