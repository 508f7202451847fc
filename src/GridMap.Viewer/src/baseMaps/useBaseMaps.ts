import { computed, ref } from 'vue'
import { useAddress } from '../address/useAddress'
import type { BaseMap } from '../api/types'
import { defineShared } from '../app/defineShared'
import { useSettings } from '../settings/useSettings'

/** The base maps that the service offers, and the one that the address bar names. Without one the map draws its own ground. */
export const [provideBaseMaps, useBaseMaps] = defineShared('baseMaps', () => {
  const address = useAddress()
  const { settings } = useSettings()
  const maps = computed<readonly BaseMap[]>(() => settings.value?.baseMaps ?? [])
  const shown = computed(() => maps.value.find(({ id, refused }) => id === address.state.base && !refused) ?? null)
  /** Its server gives no tiles at present. */
  const failing = ref(false)

  function choose(id: string | null): void {
    address.go({ base: id })
  }

  return { maps, shown, failing, choose }
})
