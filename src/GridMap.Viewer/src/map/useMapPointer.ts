import type { GeoJSONSource, Map as MapLibre, MapMouseEvent, PointLike } from 'maplibre-gl'
import { onScopeDispose } from 'vue'
import { useAddress } from '../address/useAddress'
import { useCampaigns } from '../campaigns/useCampaigns'
import { useZoneOpening } from '../campaigns/useZoneOpening'
import { layerOf } from './gridLayers'
import { calm } from './useCamera'
import { useView } from './useView'

/** A finger is not a mouse: marks are hit within this many pixels. */
const reach = 6

/** What a pointer on the map means: an issue opens, a cluster spreads, anything else asks who answers for the place. */
export function useMapPointer(map: MapLibre): void {
  const address = useAddress()
  const view = useView()
  const { battle } = useCampaigns()
  const openZone = useZoneOpening()

  function issueAt({ point }: MapMouseEvent) {
    const box: [PointLike, PointLike] = [
      [point.x - reach, point.y - reach],
      [point.x + reach, point.y + reach],
    ]
    if (battle.value) return undefined
    return map.queryRenderedFeatures(box, { layers: ['issue-points', 'issue-clusters'] })[0]
  }

  /** On the battle map a press means the zone; "whose is this place" is asked by the crosshair there. */
  function zoneAt({ point }: MapMouseEvent): string | null {
    const level = view.filled.value
    if (!battle.value || level === null) return null
    const code: unknown = map.queryRenderedFeatures(point, { layers: [layerOf.fill(level)] })[0]?.properties['code']
    return typeof code === 'string' ? code : null
  }

  async function clicked(event: MapMouseEvent): Promise<void> {
    const at = { lon: event.lngLat.wrap().lng, lat: event.lngLat.lat }
    if (address.state.panel === 'report') {
      address.adjust({ at })
      return
    }
    const zone = zoneAt(event)
    if (zone) {
      openZone(zone, event.originalEvent.shiftKey)
      return
    }
    const hit = issueAt(event)
    if (hit?.properties.cluster) {
      const zoom = await map.getSource<GeoJSONSource>('issues')?.getClusterExpansionZoom(Number(hit.properties.cluster_id))
      const centre = (hit.geometry as GeoJSON.Point).coordinates as [number, number]
      map.easeTo({ center: centre, zoom: Math.max(zoom ?? 0, map.getZoom() + 1), duration: calm() ? 0 : 400 })
    } else if (hit) {
      address.go({ panel: 'issue', issue: String(hit.properties.number), grid: null, at: null })
    } else {
      address.go({ panel: 'lookup', at, grid: null, issue: null })
    }
  }

  function hovering(event: MapMouseEvent): void {
    const level = view.filled.value
    const grid = level === null ? undefined : map.queryRenderedFeatures(event.point, { layers: [layerOf.fill(level)] })[0]
    map.getCanvas().style.cursor = issueAt(event) || (battle.value && grid) ? 'pointer' : ''
    if (grid?.id === view.hovered.value?.id) return
    view.hovered.value = grid?.id === undefined || level === null ? null : { id: Number(grid.id), level }
  }

  function left(): void {
    view.hovered.value = null
  }

  map.on('click', clicked)
  map.on('mousemove', hovering)
  map.on('mouseout', left)
  onScopeDispose(() => {
    map.off('click', clicked)
    map.off('mousemove', hovering)
    map.off('mouseout', left)
  })
}
