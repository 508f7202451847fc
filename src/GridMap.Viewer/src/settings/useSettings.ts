import { computed, ref } from 'vue'
import { api, take } from '../api/client'
import { useLoad } from '../api/useLoad'
import { defineShared } from '../app/defineShared'

export const [provideSettings, useSettings] = defineShared('settings', () => {
  const load = useLoad(ref(true), (_, signal) => take(api.GET('/api/v1/settings', { signal })))
  const settings = computed(() => load.data.value)
  const levels = computed(() => settings.value?.levels ?? [])
  /** No generation was published yet: there is no map to show. */
  const empty = computed(() => settings.value !== null && settings.value.generation === null)
  return { settings, levels, empty, problem: load.problem, loading: load.loading, reload: load.reload }
})
