import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl'
import { computed, watch } from 'vue'
import { api, take } from '../api/client'
import { useLoad } from '../api/useLoad'
import { useSettings } from '../settings/useSettings'

/** Water, roads and green under the grids, where the service has them. Without them the map is whole, only plainer. */
export function useContext(map: MapLibre): void {
  const { settings } = useSettings()
  const wanted = computed(() => (settings.value?.context ? true : null))
  const { data } = useLoad(wanted, (_, signal) => take(api.GET('/api/v1/context', { signal })))
  watch(data, (context) => {
    if (context) map.getSource<GeoJSONSource>('context')?.setData(context as unknown as GeoJSON.FeatureCollection)
  })
}
