import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { useAddress } from '../address/useAddress'
import { defineShared } from '../app/defineShared'
import { useCampaigns } from '../campaigns/useCampaigns'
import { useSettings } from '../settings/useSettings'
import { levelForZoom } from './levelForZoom'
import { levelMinzoom, type TileJson } from './tileJson'

/** A light is read from less than a share with its figure: on the battle map the zones come earlier. */
const smallestLit = 36

export interface GridRef {
  id: number
  level: number
}

export type Bbox = readonly [west: number, south: number, east: number, north: number]

type Flight = { bbox: Bbox } | { lon: number; lat: number; zoom?: number }

/** What the panels and the map tell each other: the zoom, the filled level, what is hovered, chosen, flown to. */
export const [provideView, useView] = defineShared('view', () => {
  const { state: address } = useAddress()
  const { settings, levels: all } = useSettings()
  const { campaign, battle } = useCampaigns()
  /** A campaign knows nothing within its zones: the battle map ends at their level. */
  const levels = computed(() => (battle.value ? all.value.filter(({ level }) => level <= (campaign.value?.zoneLevel ?? 0)) : all.value))
  const zoom = ref(address.camera?.zoom ?? 0)
  const centre = shallowRef<{ lon: number; lat: number } | null>(null)
  const hovered = shallowRef<GridRef | null>(null)
  const selected = shallowRef<GridRef | null>(null)
  const tiles = shallowRef<TileJson | null>(null)
  /** Pixels of the map that panels lie over: what is flown to goes into the rest. */
  const covered = ref({ top: 0, right: 0, bottom: 0, left: 0 })
  const pilots = new Set<(flight: Flight) => void>()
  /** Asked for while there was no map yet: a page was open in its place. */
  let waiting: Flight | null = null

  const wanted = computed(() => {
    if (address.level !== null && all.value.some(({ level }) => level === address.level)) return Math.min(address.level, levels.value.at(-1)?.level ?? address.level)
    const bbox = settings.value?.bbox
    return bbox ? levelForZoom(levels.value, bbox, zoom.value, battle.value ? smallestLit : undefined) : null
  })
  /** The level whose grids are filled: the wanted one, or the innermost that the tiles have at this zoom. */
  const filled = computed(() => {
    const present = levels.value.map(({ level }) => level).filter((level) => level <= (wanted.value ?? 0))
    return present.sort((a, b) => b - a).find((level) => levelMinzoom(tiles.value, level) <= zoom.value + 1e-6) ?? null
  })

  function onFlight(pilot: (flight: Flight) => void): void {
    pilots.add(pilot)
    if (waiting) pilot(waiting)
    waiting = null
    onScopeDispose(() => pilots.delete(pilot))
  }

  function flyTo(flight: Flight): void {
    waiting = pilots.size === 0 ? flight : null
    for (const pilot of pilots) pilot(flight)
  }

  return { zoom, centre, hovered, selected, tiles, covered, wanted, filled, onFlight, flyTo }
})
