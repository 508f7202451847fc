import type { Map as MapLibre, VectorTileSource } from 'maplibre-gl'
import { onScopeDispose } from 'vue'
import { useEvents } from '../events/useEvents'
import { loadTileJson } from './tileJson'
import { useView } from './useView'

/** A new generation has other tiles under another URL: the map changes over to them without being built anew. */
export function useGeneration(map: MapLibre): void {
  const { on, onResume } = useEvents()
  const view = useView()
  const ended = new AbortController()

  async function renew(): Promise<void> {
    const tiles = await loadTileJson(ended.signal).catch(() => null)
    if (!tiles || ended.signal.aborted || tiles.tiles[0] === view.tiles.value?.tiles[0]) return
    view.tiles.value = tiles
    map.getSource<VectorTileSource>('grids')?.setTiles(tiles.tiles)
  }

  on('generation', () => void renew())
  onResume(() => void renew())
  onScopeDispose(() => ended.abort())
}
