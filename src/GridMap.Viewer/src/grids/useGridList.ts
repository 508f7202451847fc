import { computed } from 'vue'
import { api, take, takeAll } from '../api/client'
import { useLoad } from '../api/useLoad'
import { useView } from '../map/useView'
import { useSettings } from '../settings/useSettings'

const most = 10_000

/** The grids of the level that the map is coloured by, in the present generation, and the names of their parents. */
export function useGridList() {
  const { settings } = useSettings()
  const { filled } = useView()
  const question = computed(() => (filled.value === null || settings.value?.generation == null ? null : `${filled.value}/${settings.value.generation}`))
  const load = useLoad(question, async (asked, signal) => {
    const level = Number(asked.split('/')[0])
    const all = (of: number) => takeAll((cursor) => take(api.GET('/api/v1/grids', { params: { query: { level: of, limit: 1000, cursor } }, signal })), most)
    const [{ items }, parents] = await Promise.all([all(level), level > 1 ? all(level - 1) : null])
    // One parent for all says nothing.
    const names = new Map((parents?.items ?? []).length > 1 ? parents?.items.map(({ code, name }) => [code, name]) : [])
    return { items, names }
  })
  return { grids: computed(() => load.data.value?.items ?? null), parentNames: computed(() => load.data.value?.names ?? new Map<string, string>()), problem: load.problem, reload: load.reload }
}
