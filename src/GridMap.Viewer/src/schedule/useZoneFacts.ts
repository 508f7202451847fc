import { shallowRef, watch } from 'vue'
import { api, take, takeAll } from '../api/client'
import type { Campaign, Grid } from '../api/types'
import { isAbort } from '../api/problem'

const most = 20_000
const of = (level: number, signal?: AbortSignal) =>
  takeAll((cursor) => take(api.GET('/api/v1/grids', { params: { query: { level, limit: 1000, cursor } }, signal })), most).then(({ items }) => items)

const householdsOf = ({ attributes }: Grid): number | null => {
  const n = (attributes as Record<string, unknown> | null)?.['households']
  return typeof n === 'number' && Number.isInteger(n) && n >= 0 ? n : null
}

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

/** Households by zone; of a zone that tells none, the sum of the grids inside it. What nobody tells is not there. */
export async function readHouseholds(zoneLevel: number, levels: readonly number[]): Promise<Map<string, number>> {
  const zones = await of(zoneLevel)
  const told = new Map(zones.flatMap((zone) => { const n = householdsOf(zone); return n === null ? [] : [[zone.code, n] as const] }))
  if (told.size === zones.length || !levels.includes(zoneLevel + 1)) return told
  const inner = new Map<string, number>()
  for (const grid of await of(zoneLevel + 1)) {
    const n = householdsOf(grid)
    if (n !== null && grid.parent !== null) inner.set(grid.parent, (inner.get(grid.parent) ?? 0) + n)
  }
  for (const [code, n] of inner) if (!told.has(code)) told.set(code, n)
  return told
}
