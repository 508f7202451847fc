import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl'
import { computed, watch, type Ref } from 'vue'
import type { PlanDefect, PresentPlanner } from '../api/types'
import { changeColour, type PlannerSource } from './plannerStyle'
import { widestOf, type Ground, type PlannedGrid } from './plannedGrid'
import type { Editing } from './useEditing'
import type { PlanWork } from './usePlan'
import type { Reference } from './useReference'

/** What the inspector wants to be seen on the map. */
export interface PlannerShown {
  defects: Readonly<Ref<readonly PlanDefect[]>>
  /** Ground that the plan moves. */
  moved: Readonly<Ref<readonly GeoJSON.Feature[]>>
  /** Other planners, with the grids that they have chosen. */
  others: Readonly<Ref<readonly PresentPlanner[]>>
  /** A file of the planner's own, under the drawing. */
  reference: Readonly<Ref<Reference | null>>
}

const hatchSide = 16

/** Draws the plan, what is chosen, what the edit would make of it, and the defects, into the map's sources. */
export function usePlannerLayers(map: MapLibre, work: PlanWork, editing: Editing, shown: PlannerShown, levels: readonly number[]): void {
  const { defects, moved, others, reference } = shown
  const { draft } = editing
  const put = (source: PlannerSource, features: GeoJSON.Feature[]) => map.getSource<GeoJSONSource>(source)?.setData({ type: 'FeatureCollection', features })
  const feature = ({ id, geometry }: PlannedGrid, properties: object): GeoJSON.Feature => ({ type: 'Feature', id, geometry, properties: { ...properties } })

  addHatch(map)
  watch(work.grids, (grids) => {
    put('plan-grids', [...grids.values()].map((grid) => feature(grid, { code: grid.code, level: grid.level, changed: grid.changed && !grid.reNoded, locked: grid.locked })))
  }, { immediate: true })

  watch([work.grids, () => draft.level] as const, ([grids, level]) => {
    put('plan-names', [...grids.values()].filter((grid) => grid.level === level).map((grid) => labelled(grid)))
    map.setFilter('plan-fill', ['==', ['get', 'level'], level])
    map.setFilter('plan-locked', ['all', ['get', 'locked'], ['==', ['get', 'level'], level]])
    for (const each of levels) map.setPaintProperty(`plan-border-${each}`, 'line-opacity', each > level + 1 ? 0 : each > level ? 0.25 : 0.75)
  }, { immediate: true })

  const preview = computed(() => (editing.report.value?.changes ?? []).flatMap(({ id, level, change, after }) => {
    if (!after || change === 'reNoded' || change === 'updated') return []
    return [{ type: 'Feature', id, geometry: after.geometry as unknown as Ground, properties: { change, level } } satisfies GeoJSON.Feature]
  }))
  watch(preview, (features) => put('plan-preview', features), { immediate: true })
  // What would come of it takes the place of what is chosen.
  watch([editing.chosen, preview] as const, ([chosen, coming]) => put('plan-chosen', coming.length > 0 ? [] : chosen.map((grid, i) => feature(grid, { main: i === 0 }))), { immediate: true })

  watch(reference, (now) => put('plan-reference', [...(now?.features ?? [])]), { immediate: true })
  watch(moved, (features) => put('plan-moved', [...features]), { immediate: true })
  watch([others, editing.byCode] as const, ([all, byCode]) => put('plan-others', all.flatMap(({ who, grids }) => grids.flatMap((code) => {
    const grid = byCode.get(code)
    return grid ? [feature(grid, { who })] : []
  }))), { immediate: true })

  // Numbered as in the list, also when only some are on the map.
  const numbering = computed(() => new Map(work.defects.value.map(({ ordinal }, i) => [ordinal, i + 1])))
  watch([defects, numbering] as const, ([all, numbers]) => put('plan-defects', all.flatMap(({ ordinal, place, blocks }, i) => {
    if (!place) return []
    return [{ type: 'Feature', id: ordinal, geometry: { type: 'Point', coordinates: [place.lon, place.lat] }, properties: { number: String(numbers.get(ordinal) ?? i + 1), blocks } } satisfies GeoJSON.Feature]
  })), { immediate: true })
}

/** The name where the grid is widest. */
const labelled = (grid: PlannedGrid): GeoJSON.Feature => ({ type: 'Feature', id: grid.id, geometry: { type: 'Point', coordinates: widestOf(grid) }, properties: { name: grid.name } })

function addHatch(map: MapLibre): void {
  const canvas = Object.assign(document.createElement('canvas'), { width: hatchSide, height: hatchSide })
  const context = canvas.getContext('2d')
  if (!context || map.hasImage('plan-hatch')) return
  context.strokeStyle = changeColour.locked
  context.lineWidth = 1.5
  context.beginPath()
  for (const shift of [-hatchSide, 0, hatchSide]) {
    context.moveTo(shift, hatchSide)
    context.lineTo(shift + hatchSide, 0)
  }
  context.stroke()
  map.addImage('plan-hatch', context.getImageData(0, 0, hatchSide, hatchSide), { pixelRatio: 2 })
}
