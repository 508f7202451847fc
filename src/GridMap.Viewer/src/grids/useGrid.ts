import { computed, onScopeDispose, watch } from 'vue'
import { api, take } from '../api/client'
import { useLoad } from '../api/useLoad'
import { useView } from '../map/useView'
import { useDutyChanges } from '../people/useDutyChanges'
import { useSettings } from '../settings/useSettings'

/** The grid whose panel is open, with its chain and who answers for it now; it is outlined on the map meanwhile. */
export function useGrid(code: () => string) {
  const { settings } = useSettings()
  const { selected } = useView()
  const question = computed(() => `${settings.value?.generation ?? ''}/${code()}`)
  const { data: grid, problem, reload } = useLoad(question, (asked, signal) => take(api.GET('/api/v1/grids/{code}', { params: { path: { code: asked.slice(asked.indexOf('/') + 1) } }, signal })))
  useDutyChanges(reload, (event) => event.code === code())

  watch(grid, (now) => (selected.value = now && { id: now.id, level: now.level }), { immediate: true })
  onScopeDispose(() => (selected.value = null))
  return { grid, problem, reload }
}
