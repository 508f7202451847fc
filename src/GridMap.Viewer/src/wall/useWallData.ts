import { computed, onScopeDispose, ref, watch } from 'vue'
import { api, take } from '../api/client'
import type { IssueListItem } from '../api/types'
import { useLoad } from '../api/useLoad'
import { useCampaigns } from '../campaigns/useCampaigns'
import { useEvents } from '../events/useEvents'
import { useCounts } from '../issues/useCounts'
import { useSettings } from '../settings/useSettings'
import { useClock } from './useClock'

const quiet = 500
/** What no event tells (midnight, a due time that passes) comes with this. */
const refresh = 60_000
/** So often is asked again for what has never come: the wall may be switched on before the service. */
const retry = 5_000
const most = 5

/** The wall looks after itself: it refreshes, and knows as of when its figures are. Nobody stands beside it. */
export function useWallData() {
  const { state, on, onResume } = useEvents()
  const settings = useSettings()
  const campaigns = useCampaigns()
  const counts = useCounts()
  const now = useClock()

  const closed = useLoad(ref(true), (_, signal) => take(api.GET('/api/v1/issues', { params: { query: { state: 'writtenOff', limit: most } }, signal })))
  const lastClosed = computed<IssueListItem[]>(() => closed.data.value?.items ?? [])

  let timer: ReturnType<typeof setTimeout> | undefined
  on('issue', () => {
    clearTimeout(timer)
    timer = setTimeout(() => void closed.reload(), quiet)
  })
  onResume(() => void closed.reload())

  function reloadAll(): void {
    campaigns.revision.value++
    for (const load of [campaigns, counts, closed]) void load.reload()
  }
  const steady = setInterval(reloadAll, refresh)
  const anxious = setInterval(() => {
    if (settings.settings.value === null) void settings.reload()
    else if (campaigns.campaign.value === null) void campaigns.reload()
  }, retry)
  onScopeDispose(() => {
    clearTimeout(timer)
    clearInterval(steady)
    clearInterval(anxious)
  })

  const asOf = ref<number | null>(null)
  watch(
    [now, state] as const,
    () => {
      if (state.value === 'live') asOf.value = now.value
    },
    { immediate: true },
  )
  return { now, asOf, stale: computed(() => asOf.value !== null && state.value !== 'live'), lastClosed }
}
