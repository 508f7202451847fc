import { computed, onScopeDispose, ref } from 'vue'
import { useAddress } from '../address/useAddress'
import type { Layer } from '../address/address'
import { api, take } from '../api/client'
import { useLoad } from '../api/useLoad'
import { defineShared } from '../app/defineShared'
import { useEvents } from '../events/useEvents'

/** A burst of log entries is one refresh. */
const quiet = 500

/** The campaigns, the one that is shown, and what the map is coloured by. Without a campaign there are issues only. */
export const [provideCampaigns, useCampaigns] = defineShared('campaigns', () => {
  const { state: address } = useAddress()
  const { on, onResume } = useEvents()
  const load = useLoad(ref(true), (_, signal) => take(api.GET('/api/v1/campaigns', { signal, cache: 'no-store' })))
  const campaigns = computed(() => load.data.value?.items ?? [])
  const campaign = computed(() => campaigns.value.find(({ id }) => id === address.campaign) ?? campaigns.value[0] ?? null)
  /** Rises whenever progress may have changed: what was loaded before is old. */
  const revision = ref(0)
  const layer = computed<Layer | 'survey'>(() => (address.survey !== null ? 'survey' : campaign.value ? (address.layer ?? 'light') : 'issues'))
  const battle = computed(() => layer.value === 'light' || layer.value === 'percent')
  /** It is not known yet whether there is a campaign. */
  const unsettled = computed(() => address.layer !== 'issues' && address.survey === null && load.data.value === null && load.problem.value === null)

  let timer: ReturnType<typeof setTimeout> | undefined
  function refreshSoon(): void {
    clearTimeout(timer)
    timer = setTimeout(() => {
      revision.value++
      void load.reload()
    }, quiet)
  }
  on('progress', refreshSoon)
  on('generation', refreshSoon)
  onResume(refreshSoon)
  onScopeDispose(() => clearTimeout(timer))

  /** The list has come. */
  const settled = computed(() => load.data.value !== null)

  return { campaigns, campaign, settled, layer, battle, unsettled, revision, problem: load.problem, reload: load.reload }
})
