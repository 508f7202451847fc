import type { Map as MapLibre } from 'maplibre-gl'
import { onScopeDispose } from 'vue'
import { useAddress } from '../address/useAddress'
import { useView } from './useView'

export const calm = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches

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

  view.onFlight((flight) => {
    const { top, right, bottom, left } = view.covered.value
    const padding = { top: top + 40, right: right + 40, bottom: bottom + 40, left: left + 40 }
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
