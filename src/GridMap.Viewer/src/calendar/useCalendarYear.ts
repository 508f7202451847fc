import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { api, take } from '../api/client'
import { useLoad } from '../api/useLoad'
import { daysOf, sameDays, wireOf, type Days } from './calendarDays'

/** A year as it is stored, and as it is being changed. Nothing is stored before `save`. */
export function useCalendarYear(year: Ref<number>) {
  const { data: stored, problem, reload } = useLoad(year, (wanted, signal) => take(api.GET('/api/v1/calendar/{year}', { params: { path: { year: wanted } }, signal, cache: 'no-store' })))
  const days = shallowRef<Days>(new Map())
  const source = ref('')

  function reset(): void {
    days.value = daysOf(stored.value?.days ?? [])
    source.value = stored.value?.source ?? ''
  }
  watch(stored, reset, { immediate: true })

  const changed = computed(() => stored.value !== null && (source.value.trim() !== stored.value.source || !sameDays(days.value, daysOf(stored.value.days))))

  /** Counts what would be due at another time; stores it when it is no trial. */
  async function save(dryRun: boolean): Promise<number> {
    const body = { source: source.value, days: wireOf(days.value), version: stored.value?.version ?? null }
    const { issues } = await take(api.PUT('/api/v1/calendar/{year}', { params: { path: { year: year.value }, query: { dryRun } }, body }))
    if (!dryRun) await reload()
    return issues
  }

  return { stored, problem, reload, days, source, changed, reset, save }
}
