import { computed, ref } from 'vue'
import { defineShared } from '../app/defineShared'
import type { Light } from './lights'
import type { ZoneRow } from './zoneRows'

/** What the list is narrowed to, and the map with it: one light, or those who have not reported that day. */
export const [provideZoneFilter, useZoneFilter] = defineShared('zoneFilter', () => {
  const light = ref<Light | null>(null)
  const silent = ref(false)
  const active = computed(() => light.value !== null || silent.value)

  function passes(row: ZoneRow): boolean {
    return (light.value === null || row.light === light.value) && (!silent.value || row.silent)
  }

  function toggle(one: Light): void {
    light.value = light.value === one ? null : one
  }

  return { light, silent, active, passes, toggle }
})
