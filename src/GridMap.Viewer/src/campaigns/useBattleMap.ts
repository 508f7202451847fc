import type { Map as MapLibre } from 'maplibre-gl'
import { watch } from 'vue'
import { percent } from '../i18n/format'
import { useView } from '../map/useView'
import { useSettings } from '../settings/useSettings'
import { battleLayerOf, type BattleFeatureState } from './battleLayers'
import { patterned } from './lights'
import { useCampaigns } from './useCampaigns'
import { useProgress } from './useProgress'
import { useZoneFilter } from './useZoneFilter'
import type { ZoneRow } from './zoneRows'

/** Labels are laid out anew for new figures, which costs more than a frame: while playing only every so often. */
const figurePause = 600

/** Shows the day on the map: lights and percents as feature-state, figures under the names, and nothing of issues. */
export function useBattleMap(map: MapLibre): void {
  const { levels } = useSettings()
  const { filled } = useView()
  const { layer, battle } = useCampaigns()
  const { days, rows, playing } = useProgress()
  const filter = useZoneFilter()
  let joined = new Map<number, BattleFeatureState>()
  let joinedLevel: number | null = null

  const show = (id: string, visible: boolean) => map.setLayoutProperty(id, 'visibility', visible ? 'visible' : 'none')

  watch(
    [filled, layer, filter.silent] as const,
    ([now, coloured, silent]) => {
      for (const { level } of levels.value) {
        for (const light of patterned) show(battleLayerOf.pattern(light, level), coloured === 'light' && level === now)
        show(battleLayerOf.silent(level), (coloured === 'light' || coloured === 'percent') && silent && level === now)
      }
      for (const id of ['issue-clusters', 'issue-cluster-count', 'issue-points']) show(id, coloured === 'issues')
    },
    { immediate: true },
  )

  function join(level: number, all: readonly ZoneRow[]): void {
    if (level !== joinedLevel) joined = new Map()
    joinedLevel = level
    for (const row of all) {
      const next: BattleFeatureState = { light: row.light, percent: row.percent, silent: row.silent, dim: filter.active.value && !filter.passes(row) }
      const old = joined.get(row.id)
      if (old && old.light === next.light && old.percent === next.percent && old.silent === next.silent && old.dim === next.dim) continue
      map.setFeatureState({ source: 'grids', sourceLayer: `grids-${level}`, id: row.id }, next)
      joined.set(row.id, next)
    }
  }
  watch(
    [rows, filter.light, filter.silent] as const,
    ([all]) => {
      if (all && days.value) join(days.value.level, all)
    },
    { immediate: true },
  )

  let figuresAt = 0
  watch(
    [rows, battle, playing] as const,
    ([all, on, runs]) => {
      if (!on || !all || (runs && performance.now() - figuresAt < figurePause)) return
      figuresAt = performance.now()
      map.setGlobalStateProperty('figures', Object.fromEntries(all.flatMap(({ code, percent: share }) => (share === null ? [] : [[code, percent(share)]]))))
    },
    { immediate: true },
  )
}
