import { computed } from 'vue'
import { api, take } from '../api/client'
import type { Point } from '../api/types'
import { useLoad } from '../api/useLoad'
import { useDutyChanges } from '../people/useDutyChanges'
import { useSettings } from '../settings/useSettings'
import { usePosition } from './usePosition'

/** Who answers for a point, asked again when the point moves, a new generation is published or somebody's term changes. */
export function useLookup(point: () => Readonly<Point> | null) {
  const { settings } = useSettings()
  const { accuracyAt } = usePosition()
  const question = computed(() => {
    const at = point()
    // As text, so that the same place is the same question.
    return at && settings.value?.generation != null ? `${at.lon.toFixed(9)},${at.lat.toFixed(9)},${settings.value.generation}` : null
  })
  const load = useLoad(question, (_, signal) => {
    const { lon, lat } = point() ?? { lon: 0, lat: 0 }
    const accuracy = accuracyAt({ lon, lat }) ?? undefined
    return take(api.GET('/api/v1/lookup', { params: { query: { lon, lat, accuracy } }, signal }))
  })
  useDutyChanges(load.reload)
  return load
}
