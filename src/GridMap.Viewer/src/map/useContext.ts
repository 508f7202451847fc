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
  watch(data, (answer) => {
    if (!answer) return
    const context = answer as unknown as GeoJSON.FeatureCollection
    map.getSource<GeoJSONSource>('context')?.setData(context)
    map.getSource<GeoJSONSource>('context-frame')?.setData(frameOf(context))
  })
}

/** The box round everything, as a line. */
export function frameOf({ features }: GeoJSON.FeatureCollection): GeoJSON.Feature<GeoJSON.LineString> {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  const add = (part: unknown): void => {
    if (!Array.isArray(part)) return
    const [lon, lat]: unknown[] = part
    if (typeof lon !== 'number' || typeof lat !== 'number') return part.forEach(add)
    west = Math.min(west, lon)
    east = Math.max(east, lon)
    south = Math.min(south, lat)
    north = Math.max(north, lat)
  }
  for (const { geometry } of features) if (geometry && 'coordinates' in geometry) add(geometry.coordinates)
  const coordinates = [[west, south], [east, south], [east, north], [west, north], [west, south]]
  return { type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: west <= east ? coordinates : [] } }
}
