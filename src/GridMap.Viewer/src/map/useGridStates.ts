import type { Map as MapLibre } from 'maplibre-gl'
import { onScopeDispose, watch } from 'vue'
import { percent } from '../i18n/format'
import { useCampaigns } from '../campaigns/useCampaigns'
import { totalCount, writtenOffShare } from '../issues/counts'
import { useCounts } from '../issues/useCounts'
import type { GridFeatureState } from './gridLayers'
import { useView, type GridRef } from './useView'

/** Joins what is known of the grids to their tiles: shares as feature-state, figures for the labels, hover, selection. */
export function useGridStates(map: MapLibre): void {
  const { byGrid } = useCounts()
  const { layer } = useCampaigns()
  const view = useView()
  let joined = new Map<number, number>()

  const set = (id: number, level: number, state: Partial<GridFeatureState>) =>
    map.setFeatureState({ source: 'grids', sourceLayer: `grids-${level}`, id }, state)

  watch(
    [byGrid, layer] as const,
    ([counts, coloured]) => {
      const now = new Map<number, number>()
      const figures: Record<string, string> = {}
      for (const item of counts.values()) {
        const share = writtenOffShare(item)
        set(item.gridId, item.level, { share })
        now.set(item.gridId, item.level)
        if (share !== null) figures[item.code] = `${percent(share)} · ${totalCount(item)}`
      }
      for (const [id, level] of joined) if (!now.has(id)) set(id, level, { share: null })
      joined = now
      if (coloured === 'issues') map.setGlobalStateProperty('figures', figures)
    },
    { immediate: true },
  )

  const follow = (name: 'hover' | 'selected') => (grid: GridRef | null, before?: GridRef | null) => {
    if (before) set(before.id, before.level, { [name]: false })
    if (grid) set(grid.id, grid.level, { [name]: true })
  }
  watch(view.hovered, follow('hover'), { immediate: true })
  watch(view.selected, follow('selected'), { immediate: true })
  onScopeDispose(() => map.removeFeatureState({ source: 'grids' }))
}
