import type { Map as MapLibre } from 'maplibre-gl'
import { watch } from 'vue'
import { points } from './surveyFigures'
import { useSurveyMap } from './useSurveyMap'
import type { SurveyFeatureState } from './surveyLayers'

/** Shows a survey's scores on the map: as feature-state, and as figures under the names. */
export function useSurveyStates(map: MapLibre): void {
  const { rows, results, shown } = useSurveyMap()
  let joined = new Map<number, number>()
  const set = (id: number, level: number, state: SurveyFeatureState) => map.setFeatureState({ source: 'grids', sourceLayer: `grids-${level}`, id }, state)

  watch(
    [rows, shown] as const,
    ([all, on]) => {
      const now = new Map<number, number>()
      const figures: Record<string, string> = {}
      for (const { line, figure } of (on && all) || []) {
        if (!line.grid || !results.value) continue
        set(line.grid.id, line.grid.level, { score: figure.score === null ? null : figure.score / 100 })
        now.set(line.grid.id, line.grid.level)
        if (figure.score !== null) figures[line.grid.code] = points(figure.score)
      }
      for (const [id, level] of joined) if (!now.has(id)) set(id, level, { score: null })
      joined = now
      if (on) map.setGlobalStateProperty('figures', figures)
    },
    { immediate: true },
  )
}
