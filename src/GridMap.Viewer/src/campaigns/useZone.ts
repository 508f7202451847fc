import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { api, take } from '../api/client'
import type { ZoneProgress } from '../api/types'
import { useLoad } from '../api/useLoad'
import { useCampaigns } from './useCampaigns'
import { useProgress } from './useProgress'

/** One grid of the campaign on the settled day; the day before stays in view until the new one is there. */
export function useZone(code: () => string | null) {
  const { campaign, revision } = useCampaigns()
  const { settled, known } = useProgress()
  const question = computed(() => (campaign.value && code() && settled.value ? `${campaign.value.id}|${code()}|${settled.value}|${known.value ?? ''}` : null))
  const load = useLoad(question, (asked, signal) => {
    const [id, of, on, as] = asked.split('|') as [string, string, string, string]
    return take(api.GET('/api/v1/campaigns/{id}/progress/zones/{code}', { params: { path: { id: Number(id), code: of }, query: { on, asKnown: as || undefined } }, signal }))
  })
  const zone = shallowRef<ZoneProgress | null>(null)
  watch(load.data, (now) => now && (zone.value = now), { immediate: true })
  const end = watch(revision, () => void load.reload())
  onScopeDispose(end)
  return { zone: computed(() => (zone.value?.row.code === code() ? zone.value : null)), problem: load.problem, reload: load.reload }
}
