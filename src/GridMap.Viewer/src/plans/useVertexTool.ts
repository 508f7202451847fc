import type { GeoJSONSource, Map as MapLibre, MapMouseEvent } from 'maplibre-gl'
import { onScopeDispose, watch } from 'vue'
import { ringsOf, type Place } from './plannedGrid'
import { holdNear, placeOf, type Hold } from './snapping'
import type { Editing } from './useEditing'
import type { PlanWork } from './usePlan'

const vertexZoom = 13
const mostVertices = 4_000

/** The tool that drags a vertex of the plan, or a place on an edge, which becomes one. */
export function useVertexTool(map: MapLibre, work: PlanWork, editing: Editing): void {
  const { draft } = editing
  let hold: Hold | null = null
  let dragging = false
  const on = () => draft.tool === 'vertex' && work.open.value
  const atLevel = () => [...work.grids.value.values()].filter(({ level }) => level === draft.level)
  const under = ({ point }: MapMouseEvent) => holdNear(atLevel(), point, (place: Place) => map.project(place))
  const at = (coordinates: Place, kind: string): GeoJSON.Feature => ({ type: 'Feature', geometry: { type: 'Point', coordinates }, properties: { kind } })

  function show(to: Place | null = draft.vertex?.moveTo ?? null): void {
    const features: GeoJSON.Feature[] = []
    if (on()) {
      features.push(...vertices().map((place) => at(place, 'vertex')))
      const from = draft.vertex?.at ?? (hold && placeOf(hold))
      if (from && to) features.push({ type: 'Feature', geometry: { type: 'LineString', coordinates: [from, to, ...(draft.vertex?.edgeEnd && !dragging ? [draft.vertex.edgeEnd] : [])] }, properties: { kind: 'drag' } })
      const held = to ?? (hold && placeOf(hold))
      if (held) features.push(at(held, 'hold'))
    }
    map.getSource<GeoJSONSource>('plan-hold')?.setData({ type: 'FeatureCollection', features })
  }

  /** Those in view, once there is room for them. */
  function vertices(): Place[] {
    if (map.getZoom() < vertexZoom) return []
    const bounds = map.getBounds()
    const found = new Map<string, Place>()
    for (const { geometry, bbox: [w, s, e, n] } of atLevel()) {
      if (w > bounds.getEast() || e < bounds.getWest() || s > bounds.getNorth() || n < bounds.getSouth()) continue
      for (const ring of ringsOf(geometry)) for (const position of ring) if (bounds.contains(position as Place)) found.set(position.join(), position as Place)
    }
    return found.size > mostVertices ? [] : [...found.values()]
  }

  function moved(event: MapMouseEvent): void {
    if (!on()) return
    if (dragging) return show([event.lngLat.lng, event.lngLat.lat])
    hold = draft.vertex ? null : under(event)
    map.getCanvas().style.cursor = hold ? 'move' : ''
    show()
  }

  function pressed(event: MapMouseEvent): void {
    if (!on()) return
    draft.vertex = null
    hold = under(event)
    if (!hold) return
    event.preventDefault()
    dragging = true
  }

  function released(event: MapMouseEvent): void {
    if (!dragging || !hold) return
    dragging = false
    const { lng, lat } = event.lngLat
    const from = map.project(placeOf(hold))
    // A press that did not move is no move.
    if (Math.hypot(event.point.x - from.x, event.point.y - from.y) > 2) draft.vertex = { at: hold.at, edgeEnd: hold.edgeEnd, moveTo: [round(lng), round(lat)] }
    hold = null
    show()
  }

  map.on('mousemove', moved)
  map.on('mousedown', pressed)
  map.on('mouseup', released)
  const settled = () => show()
  map.on('moveend', settled)
  watch([() => draft.tool, () => draft.level, () => draft.vertex, work.grids], () => show(), { immediate: true })
  onScopeDispose(() => {
    map.off('mousemove', moved)
    map.off('mousedown', pressed)
    map.off('mouseup', released)
    map.off('moveend', settled)
  })
}

const round = (degrees: number): number => Number(degrees.toFixed(9))
