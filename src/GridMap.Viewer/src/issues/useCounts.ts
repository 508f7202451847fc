import { computed, onScopeDispose, ref } from 'vue'
import { api, take } from '../api/client'
import type { GridCounts } from '../api/types'
import { useLoad } from '../api/useLoad'
import { defineShared } from '../app/defineShared'
import { useEvents } from '../events/useEvents'
import { breaksFor } from '../map/palette'
import { writtenOffShare } from './counts'

/** One request for a burst of events; short enough that a report is counted within a second. */
const quiet = 250
/** …but a stream that never pauses still refreshes. */
const patience = 1_000

/** How many issues each grid has, in every state, at every level. */
export const [provideCounts, useCounts] = defineShared('counts', () => {
  const { on, onResume } = useEvents()
  const load = useLoad(ref(true), (_, signal) => take(api.GET('/api/v1/issues/counts', { signal, cache: 'no-store' })))
  const byGrid = computed(() => new Map<number, GridCounts>(load.data.value?.items.map((item) => [item.gridId, item]) ?? []))
  const byCode = computed(() => new Map<string, GridCounts>(load.data.value?.items.map((item) => [item.code, item]) ?? []))

  let timer: ReturnType<typeof setTimeout> | undefined
  let waitingSince = 0

  function refreshSoon(): void {
    const now = Date.now()
    if (timer === undefined) waitingSince = now
    clearTimeout(timer)
    timer = setTimeout(
      () => {
        timer = undefined
        void load.reload()
      },
      Math.max(0, Math.min(quiet, waitingSince + patience - now)),
    )
  }

  on('issue', refreshSoon)
  on('generation', refreshSoon)
  onResume(refreshSoon)
  onScopeDispose(() => clearTimeout(timer))

  /** Of the whole territory: it chooses the classes by which the grids are told apart. */
  const share = computed(() => writtenOffShare(load.data.value?.total))
  const breaks = computed(() => breaksFor(share.value))

  return {
    byGrid,
    byCode,
    share,
    breaks,
    total: computed(() => load.data.value?.total ?? null),
    outside: computed(() => load.data.value?.outside ?? null),
    asOf: computed(() => load.data.value?.asOf ?? null),
    problem: load.problem,
    reload: load.reload,
  }
})
