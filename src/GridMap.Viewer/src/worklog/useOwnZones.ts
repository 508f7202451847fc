import { computed, shallowRef, watch, type Ref } from 'vue'
import { api, take } from '../api/client'
import type { Campaign, OwnWorkLog } from '../api/types'
import { useLoad } from '../api/useLoad'

/** The zones that one logs for, on a day; null is today. What was shown stays until the next is there, and while there is no network. */
export function useOwnZones(campaign: Ref<Campaign | null>, day: Ref<string | null>, chosen: Ref<string | null>, revision: Ref<number>) {
  const question = computed(() => (campaign.value ? `${campaign.value.id}|${day.value ?? ''}` : null))
  const ask = (id: number, on: string, grid: string | undefined, signal: AbortSignal) =>
    take(api.GET('/api/v1/campaigns/{id}/worklog/mine', { params: { path: { id }, query: { day: on || undefined, grid } }, signal, cache: 'no-store' }))
  const load = useLoad(question, (asked, signal) => {
    const [id = '', on = ''] = asked.split('|')
    return ask(Number(id), on, undefined, signal)
  })
  const own = shallowRef<OwnWorkLog | null>(null)
  watch(load.data, (now) => now && (own.value = now))
  watch(revision, () => void load.reload())

  const listed = computed(() => own.value?.zones.find(({ code }) => code === chosen.value) ?? null)
  // Who logs for very many zones gets the figures of those that are opened.
  const single = useLoad(
    () => (listed.value && listed.value.items === null && own.value ? `${own.value.campaign}|${own.value.day}|${listed.value.code}` : null),
    (asked, signal) => {
      const [id = '', on = '', grid] = asked.split('|')
      return ask(Number(id), on, grid, signal)
    },
  )
  const zone = computed(() => (listed.value?.items === null ? (single.data.value?.zones[0] ?? null) : listed.value))

  return {
    own,
    zone,
    problem: computed(() => load.problem.value ?? single.problem.value),
    reload: async () => {
      await Promise.all([load.reload(), single.reload()])
    },
  }
}
