import { computed } from 'vue'
import { api, take, takeAll } from '../api/client'
import { useLoad } from '../api/useLoad'
import { useSettings } from '../settings/useSettings'

const most = 10_000

/** The names of all grids down to a level, for tables that hold codes only; a code stands for itself until its name has come. */
export function useGridNames(innermost: () => number | null) {
  const { settings } = useSettings()
  const question = computed(() => (innermost() === null || settings.value?.generation == null ? null : `${innermost()}/${settings.value.generation}`))
  const load = useLoad(question, async (asked, signal) => {
    const levels = Array.from({ length: Number(asked.split('/')[0]) }, (_, i) => i + 1)
    const all = await Promise.all(levels.map((level) => takeAll((cursor) => take(api.GET('/api/v1/grids', { params: { query: { level, limit: 1000, cursor } }, signal })), most)))
    return new Map(all.flatMap(({ items }) => items.map(({ code, name }) => [code, name] as const)))
  })
  return (code: string | null): string => (code === null ? '' : (load.data.value?.get(code) ?? code))
}
