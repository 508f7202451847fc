import type { Map as MapLibre } from 'maplibre-gl'
import { TerraDraw, TerraDrawLineStringMode, TerraDrawPolygonMode, TerraDrawRenderMode } from 'terra-draw'
import { TerraDrawMapLibreGLAdapter } from 'terra-draw-maplibre-gl-adapter'
import { onScopeDispose, watch } from 'vue'
import { ground } from '../map/palette'
import { drawing, startsFree, type Drawn } from './edits'
import { holdNear, placeOf } from './snapping'
import type { Place } from './plannedGrid'
import type { Editing } from './useEditing'
import type { PlanWork } from './usePlan'

const rest = 'rest'
/** The wire carries nine decimals. */
const decimals = 9

/**
 * Lines and areas are drawn with Terra Draw, whose points go onto the plan's own vertices and borders where one is near. What was drawn stands in the
 * draft and is put back from there, so that it outlives the map.
 */
export function useDrawing(map: MapLibre, work: PlanWork, editing: Editing): void {
  const { draft } = editing
  const accent = ground.accent
  const snapping = {
    toCustom: (event: { lng: number; lat: number; containerX: number; containerY: number }) => {
      const hold = holdNear(atLevel(), { x: event.containerX, y: event.containerY }, (place: Place) => map.project(place))
      return hold ? placeOf(hold) : undefined
    },
  }
  const line = { lineStringColor: accent, lineStringWidth: 2.5, closingPointColor: accent, closingPointWidth: 5, closingPointOutlineColor: '#ffffff', closingPointOutlineWidth: 2, snappingPointColor: accent, snappingPointWidth: 6 }
  const area = { fillColor: accent, fillOpacity: 0.12, outlineColor: accent, outlineWidth: 2.5, closingPointColor: accent, closingPointWidth: 5, snappingPointColor: accent, snappingPointWidth: 6 }
  const draw = new TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map, coordinatePrecision: decimals }),
    modes: [
      new TerraDrawLineStringMode({ snapping, styles: line as never }),
      new TerraDrawPolygonMode({ snapping, styles: area as never }),
      new TerraDrawRenderMode({ modeName: rest, styles: {} }),
    ],
  })
  draw.start()
  draw.setMode(rest)

  /** Snapping is to the level that is worked on; a drawn border may also follow the levels outside it. */
  function* atLevel() {
    for (const grid of work.grids.value.values()) if (grid.level === draft.level) yield grid
  }

  draw.on('finish', (id) => {
    const geometry = draw.getSnapshotFeature(id)?.geometry
    if (geometry?.type !== 'LineString' && geometry?.type !== 'Polygon') return
    draft.drawn = joined(draft.drawn, geometry, draft.tool === 'divide')
  })

  function show(): void {
    draw.clear()
    const kind = drawing[draft.tool]
    // One line or area makes an edit; only the lines that a division is to follow may be many.
    const more = draft.drawn === null || draft.tool === 'divide'
    draw.setMode(work.open.value && kind && more && (editing.main.value || startsFree.includes(draft.tool)) ? { line: 'linestring', area: 'polygon' }[kind] : rest)
    if (!draft.drawn) return
    const parts: Drawn[] = draft.drawn.type === 'MultiLineString' ? draft.drawn.coordinates.map((coordinates) => ({ type: 'LineString', coordinates })) : [draft.drawn]
    draw.addFeatures(parts.map((geometry) => ({ type: 'Feature', geometry, properties: { mode: geometry.type === 'Polygon' ? 'polygon' : 'linestring' } })) as never)
  }
  watch([() => draft.tool, () => draft.drawn, () => editing.main.value?.code, work.open], show, { immediate: true, flush: 'post' })
  onScopeDispose(() => draw.stop())
}

function joined(before: Drawn | null, geometry: GeoJSON.LineString | GeoJSON.Polygon, many: boolean): Drawn {
  if (!many || !before || geometry.type === 'Polygon' || before.type === 'Polygon') return geometry
  const lines = before.type === 'MultiLineString' ? before.coordinates : [before.coordinates]
  return { type: 'MultiLineString', coordinates: [...lines, geometry.coordinates] }
}
