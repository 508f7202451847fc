import { shallowRef, watch } from 'vue'
import { api, take, takeAll } from '../api/client'
import type { Campaign, ResourceTable } from '../api/types'
import { isAbort } from '../api/problem'

const most = 20_000
const of = (level: number, signal?: AbortSignal) =>
  takeAll((cursor) => take(api.GET('/api/v1/grids', { params: { query: { level, limit: 1000, cursor } }, signal })), most).then(({ items }) => items)

/** Where the campaign's grids lie. What is missing only keeps the map from moving. */
export function useBoxes(campaign: () => Campaign | null) {
  const boxes = shallowRef<ReadonlyMap<string, readonly number[]>>(new Map())
  watch(campaign, async (now, before, onCleanup) => {
    if (!now || now.id === before?.id) return
    const ended = new AbortController()
    onCleanup(() => ended.abort())
    try {
      const levels = await Promise.all(Array.from({ length: now.zoneLevel }, (_, i) => of(i + 1, ended.signal)))
      boxes.value = new Map(levels.flat().map(({ code, bbox }) => [code, bbox as number[]]))
    } catch (error) {
      if (!isAbort(error)) boxes.value = new Map()
    }
  }, { immediate: true })
  return boxes
}

/** Households by zone, as the service counts them. What nobody tells is not there. */
export async function readHouseholds({ id, zoneLevel }: Pick<Campaign, 'id' | 'zoneLevel'>): Promise<Map<string, number>> {
  const { rows } = (await take(api.GET('/api/v1/campaigns/{id}/resources', { params: { path: { id }, query: { level: zoneLevel } }, cache: 'no-store' }))) as ResourceTable
  return new Map(rows.flatMap(({ grid, households }) => (grid !== null && households !== null ? [[grid, households] as const] : [])))
}
