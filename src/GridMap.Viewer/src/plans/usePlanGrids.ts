import { ref, shallowRef, type Ref } from 'vue'
import { api, take, takeAll } from '../api/client'
import type { GridChange } from '../api/types'
import { useSettings } from '../settings/useSettings'
import { after, fromFeature, type Box, type PlannedGrid } from './plannedGrid'

/** So many grids a browser holds with ease; of a larger territory the inner levels come as they are looked at. */
const mostWhole = 4_000
const mostInView = 3_000
const atOnce = 1_000

/** The plan's grids, from the service and nowhere else: whole levels from the outside in, the rest by what is in view. */
export function usePlanGrids(plan: Readonly<Ref<number>>) {
  const { levels } = useSettings()
  const grids = shallowRef<ReadonlyMap<number, PlannedGrid>>(new Map())
  /** There are more in view than can be drawn on: the planner has to come nearer. */
  const tooMany = ref(false)
  const loaded = ref(false)
  let view: Box | null = null
  let held: Box | null = null
  let turn = 0

  /** How many of the outer levels are held whole. */
  function wholeLevels(): number {
    let sum = 0
    return [...levels.value].sort((a, b) => a.level - b.level).filter(({ grids: count }) => (sum += count) <= mostWhole).length
  }

  async function ask(query: { level?: number; bbox?: string; changed?: boolean }, most: number) {
    const { items, complete } = await takeAll(async (cursor) => {
      const page = (await take(api.GET('/api/v1/plans/{id}/grids', {
        params: { path: { id: plan.value }, query: { ...query, limit: atOnce, ...(cursor && { cursor }) } as never },
        headers: { Accept: 'application/geo+json' },
        cache: 'no-store',
      }))) as unknown as { features: GeoJSON.Feature[]; next?: string | null }
      return { items: page.features, next: page.next ?? null }
    }, most)
    return { items: items.map(fromFeature), complete }
  }

  /** Loads anew; what comes late after a newer question is thrown away. */
  async function reload(): Promise<void> {
    const mine = ++turn
    const whole = wholeLevels()
    const all = whole === levels.value.length
    const outer = all ? [await ask({}, Infinity)] : await Promise.all(levels.value.filter(({ level }) => level <= whole).map(({ level }) => ask({ level }, Infinity)))
    const inner = all || !view ? null : await ask({ bbox: view.join(',') }, mostInView)
    if (mine !== turn) return
    const next = new Map<number, PlannedGrid>()
    for (const { items } of outer) for (const grid of items) next.set(grid.id, grid)
    tooMany.value = inner !== null && !inner.complete
    if (inner?.complete) for (const grid of inner.items) next.set(grid.id, grid)
    held = all ? [-180, -90, 180, 90] : inner?.complete ? view : null
    grids.value = next
    loaded.value = true
  }

  /** The map shows another place: what is not held yet is loaded. */
  async function look(at: Box): Promise<void> {
    const [west, south, east, north] = at
    if (held && held[0] <= west && held[1] <= south && held[2] >= east && held[3] >= north) return
    const [dx, dy] = [(east - west) / 4, (north - south) / 4]
    view = [west - dx, south - dy, east + dx, north + dy]
    if (loaded.value) await reload()
  }

  /** After an edit: what it changed, and the marks of what differs from the base. */
  async function put(changes: readonly GridChange[]): Promise<void> {
    const mine = ++turn
    grids.value = after(grids.value, changes)
    const differing = new Map((await ask({ changed: true }, Infinity)).items.map((grid) => [grid.id, grid]))
    if (mine !== turn) return
    const next = new Map(grids.value)
    for (const [id, grid] of next) {
      const { changed, reNoded } = differing.get(id) ?? { changed: false, reNoded: false }
      if (grid.changed !== changed || grid.reNoded !== reNoded) next.set(id, { ...grid, changed, reNoded })
    }
    grids.value = next
  }

  /** Marks what is locked. */
  function lock(codes: ReadonlySet<string>): void {
    const next = new Map(grids.value)
    for (const [id, grid] of next) if (grid.locked !== codes.has(grid.code)) next.set(id, { ...grid, locked: codes.has(grid.code) })
    grids.value = next
  }

  return { grids, loaded, tooMany, reload, look, put, lock }
}
