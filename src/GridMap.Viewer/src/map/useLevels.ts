import type { Map as MapLibre } from 'maplibre-gl'
import { computed, watch } from 'vue'
import { useAddress } from '../address/useAddress'
import { fillOverGround } from '../baseMaps/groundLayers'
import { useBaseMaps } from '../baseMaps/useBaseMaps'
import { fillStrength, lightFill, percentFill, percentStrength } from '../campaigns/battleLayers'
import { useCampaigns } from '../campaigns/useCampaigns'
import { useCounts } from '../issues/useCounts'
import { useSettings } from '../settings/useSettings'
import { surveyFill } from '../surveys/surveyLayers'
import { wallInk } from '../wall/wallStyle'
import { borderOpacity, fillColour, labelPlaces, layerOf, nameAndFigure, nameOnly } from './gridLayers'
import { ground } from './palette'
import { useView } from './useView'

/** Shows the filled level with its names and figures, the level outside it by name, and borders down to the next. */
export function useLevels(map: MapLibre): void {
  const { levels } = useSettings()
  const { state: address } = useAddress()
  const { breaks } = useCounts()
  const { layer } = useCampaigns()
  const { filled, hovered, selected } = useView()
  const { shown: baseMap } = useBaseMaps()
  const outlined = computed(() => new Set([filled.value, hovered.value?.level, selected.value?.level]))

  const show = (layer: string, visible: boolean) => map.setLayoutProperty(layer, 'visibility', visible ? 'visible' : 'none')

  watch(
    [filled, layer] as const,
    ([now, coloured]) => {
      const lit = coloured !== 'issues'
      const outer = outerLevel(now)
      for (const { level } of levels.value) {
        show(layerOf.fill(level), level === now)
        show(layerOf.label(level), level === now || level === outer)
        map.setPaintProperty(layerOf.border(level), 'line-opacity', now === null ? 0 : borderOpacity(level, now))
        const label = layerOf.label(level)
        map.setLayoutProperty(label, 'text-field', level === now ? nameAndFigure : nameOnly)
        map.setLayoutProperty(label, 'text-size', level === now ? 13 : 15)
        map.setLayoutProperty(label, 'text-letter-spacing', level === now ? 0 : 0.12)
        map.setPaintProperty(label, 'text-color', address.wall ? wallInk : level === now || lit ? ground.label : ground.labelSoft)
        // But for issues there is no point to be made way for: a name away from its place would be read as its neighbour's.
        map.setLayoutProperty(label, 'text-variable-anchor-offset', lit ? ['center', [0, 0]] : labelPlaces)
      }
    },
    { immediate: true },
  )

  const colour = computed(() => (layer.value === 'light' ? lightFill : layer.value === 'percent' ? percentFill : layer.value === 'survey' ? surveyFill : fillColour(breaks.value)))
  watch(
    [colour, baseMap] as const,
    ([now, base]) => {
      const strength = layer.value === 'issues' ? 0.82 : layer.value === 'light' ? fillStrength : percentStrength
      for (const { level } of levels.value) {
        map.setPaintProperty(layerOf.fill(level), 'fill-color', now)
        map.setPaintProperty(layerOf.fill(level), 'fill-opacity', base ? ['*', fillOverGround, strength] : strength)
      }
    },
    { immediate: true },
  )

  watch(
    outlined,
    (now) => {
      for (const { level } of levels.value) {
        show(layerOf.halo(level), now.has(level))
        show(layerOf.outline(level), now.has(level))
      }
    },
    { immediate: true },
  )

  /** The next level outside the filled one, unless it is the territory itself: that name says nothing on its own map. */
  function outerLevel(level: number | null): number | null {
    const outer = levels.value.find((other) => level !== null && other.level === level - 1)
    return outer && outer.grids > 1 ? outer.level : null
  }
}
