import type { Map as MapLibre, MapSourceDataEvent, RasterTileSource, VectorTileSource } from 'maplibre-gl'
import { onScopeDispose, watch } from 'vue'
import { useAddress } from '../address/useAddress'
import type { BaseMap } from '../api/types'
import { contextGround, contextLabels, contextLines } from '../map/contextLayers'
import { isGround, rasterGround, type Ground } from './groundLayers'
import { useBaseMaps } from './useBaseMaps'

const own = [...contextGround, ...contextLines, ...contextLabels].map(({ id }) => id)
/** The lowest layer above the paper: base maps go under it. */
const above = own[0]

/** Draws the chosen base map under everything, in the place of our own water and roads. */
export function useGround(map: MapLibre): void {
  const { state: address } = useAddress()
  const { shown, failing } = useBaseMaps()
  let ended = false

  async function make(chosen: BaseMap): Promise<Ground> {
    if (chosen.kind === 'pmtiles') await import('./pmtilesProtocol')
    if (chosen.content === 'raster') return rasterGround(chosen, address.wall)
    const { streetGround } = await import('./streetGround')
    return streetGround(chosen, address.wall)
  }

  function clear(): void {
    const { layers, sources } = map.getStyle()
    for (const { id } of layers) if (isGround(id)) map.removeLayer(id)
    for (const id of Object.keys(sources)) if (isGround(id)) map.removeSource(id)
  }

  function draw({ sources, layers }: Ground): void {
    for (const [id, source] of Object.entries(sources)) {
      map.addSource(id, source)
      map.getSource<RasterTileSource | VectorTileSource>(id)?.on('error', () => (failing.value = true))
    }
    for (const layer of layers) map.addLayer(layer, above)
  }

  function showOwn(visible: boolean): void {
    for (const id of own) map.setLayoutProperty(id, 'visibility', visible ? 'visible' : 'none')
  }

  watch(
    () => shown.value?.id ?? null,
    async () => {
      const chosen = shown.value
      failing.value = false
      // The next one may be chosen while the code of this one is still loading.
      const made = chosen && (await make(chosen).catch(() => null))
      if (ended || chosen?.id !== shown.value?.id) return
      clear()
      if (made) draw(made)
      else if (chosen) failing.value = true
      showOwn(!made)
    },
    { immediate: true },
  )

  function came({ sourceId, tile }: MapSourceDataEvent): void {
    if (failing.value && isGround(sourceId) && (tile as { state?: string } | undefined)?.state === 'loaded') failing.value = false
  }

  map.on('sourcedata', came)
  onScopeDispose(() => {
    ended = true
    map.off('sourcedata', came)
  })
}
