import type { Map as MapLibre } from 'maplibre-gl'
import { onScopeDispose, watch } from 'vue'
import { useAddress } from '../address/useAddress'
import { useView } from './useView'

export const calm = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches

/** What is flown to or asked about keeps this many pixels from the edge. */
const margin = 44

/** Keeps camera and address bar together, and flies where the panels ask. */
export function useCamera(map: MapLibre): void {
  const address = useAddress()
  const view = useView()

  function moved(): void {
    const centre = map.getCenter().wrap()
    view.zoom.value = map.getZoom()
    view.centre.value = { lon: centre.lng, lat: centre.lat }
  }

  function settled(): void {
    moved()
    const centre = map.getCenter().wrap()
    address.adjust({ camera: { zoom: map.getZoom(), lat: centre.lat, lon: centre.lng, bearing: map.getBearing() } })
  }

  address.onReturn(() => {
    const camera = address.state.camera
    if (camera) map.easeTo({ center: [camera.lon, camera.lat], zoom: camera.zoom, bearing: camera.bearing, duration: calm() ? 0 : 300 })
  })

  /** A place that a panel has come to lie over is moved into what is left of the map. */
  function keepInSight(place: { lon: number; lat: number } | null): void {
    if (!place) return
    const { top, right, bottom, left } = view.covered.value
    const { clientWidth, clientHeight } = map.getContainer()
    const { x, y } = map.project([place.lon, place.lat])
    const inside = x >= left + margin && x <= clientWidth - right - margin && y >= top + margin && y <= clientHeight - bottom - margin
    if (!inside) map.easeTo({ center: [place.lon, place.lat], offset: [(left - right) / 2, (top - bottom) / 2], duration: calm() ? 0 : 300 })
  }
  watch(() => [address.state.at, view.covered.value] as const, ([at]) => keepInSight(at), { flush: 'post' })

  view.onFlight((flight) => {
    const { top, right, bottom, left } = view.covered.value
    const padding = { top: top + margin, right: right + margin, bottom: bottom + margin, left: left + margin }
    const duration = calm() ? 0 : 600
    if ('bbox' in flight) {
      const [west, south, east, north] = flight.bbox
      const camera = map.cameraForBounds([west, south, east, north], { padding, maxZoom: 17 })
      if (camera) map.easeTo({ ...camera, duration })
    } else {
      const zoom = flight.zoom ?? map.getZoom()
      map.easeTo({ center: [flight.lon, flight.lat], zoom, offset: [(left - right) / 2, (top - bottom) / 2], duration })
    }
  })

  map.on('move', moved)
  map.on('moveend', settled)
  settled()
  onScopeDispose(() => {
    map.off('move', moved)
    map.off('moveend', settled)
  })
}
