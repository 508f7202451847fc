import { Marker, type GeoJSONSource, type Map as MapLibre } from 'maplibre-gl'
import { onScopeDispose, watch } from 'vue'
import { useAddress } from '../address/useAddress'
import { usePosition } from '../lookup/usePosition'
import { circle } from './circle'
import { ground } from './palette'

/** The pin on the place that is asked about or reported; while reporting it can be dragged. */
export function usePin(map: MapLibre): void {
  const address = useAddress()
  const { accuracyAt } = usePosition()
  const pin = new Marker({ element: pinElement(), anchor: 'bottom' })
  let shown = false

  pin.on('dragend', () => {
    const { lng, lat } = pin.getLngLat().wrap()
    address.adjust({ at: { lon: lng, lat } })
  })

  watch(
    () => [address.state.at, address.state.panel] as const,
    ([at, panel]) => {
      const wanted = at !== null && (panel === 'lookup' || panel === 'report')
      if (wanted) pin.setLngLat([at.lon, at.lat]).setDraggable(panel === 'report')
      if (wanted && !shown) pin.addTo(map)
      if (!wanted && shown) pin.remove()
      shown = wanted
      const metres = at && wanted ? accuracyAt(at) : null
      const data: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: at && metres ? [circle(at, metres)] : [] }
      map.getSource<GeoJSONSource>('accuracy')?.setData(data)
    },
    { immediate: true },
  )
  onScopeDispose(() => pin.remove())
}

function pinElement(): HTMLElement {
  const element = document.createElement('div')
  element.className = 'map-pin'
  element.innerHTML = `<svg width="30" height="40" viewBox="0 0 30 40" aria-hidden="true"><path d="M15 38.5C12 30 3 25.5 3 14.5a12 12 0 0 1 24 0C27 25.5 18 30 15 38.5Z" fill="${ground.accent}" stroke="#fff" stroke-width="2"/><circle cx="15" cy="14.5" r="4.5" fill="#fff"/></svg>`
  return element
}
