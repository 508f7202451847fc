import { computed } from 'vue'
import { api, take, takeAll } from '../api/client'
import { useLoad } from '../api/useLoad'
import { useView } from '../map/useView'
import { useSettings } from '../settings/useSettings'

const most = 10_000

/** The grids of the level that the map is coloured by, in the present generation. */
export function useGridList() {
  const { settings } = useSettings()
  const { filled } = useView()
  const question = computed(() => (filled.value === null || settings.value?.generation == null ? null : `${filled.value}/${settings.value.generation}`))
  const load = useLoad(question, (asked, signal) => {
    const level = Number(asked.split('/')[0])
    return takeAll((cursor) => take(api.GET('/api/v1/grids', { params: { query: { level, limit: 1000, cursor } }, signal })), most)
  })
  return { grids: computed(() => load.data.value?.items ?? null), problem: load.problem, reload: load.reload }
}
