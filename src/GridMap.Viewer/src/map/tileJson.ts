import { ApiProblem } from '../api/problem'
import { sameOrigin } from './sameOrigin'

/** What the viewer needs of a TileJSON 3.0.0. */
export interface TileJson {
  tiles: string[]
  minzoom: number
  maxzoom: number
  bounds?: [number, number, number, number]
  vector_layers: { id: string; minzoom?: number; maxzoom?: number }[]
}

/** The grids' tileset of the current generation: its tile URL carries the generation and may be cached for ever. */
export async function loadTileJson(signal?: AbortSignal): Promise<TileJson> {
  const response = await fetch('/tiles/grids.json', { cache: 'no-cache', ...(signal && { signal }) })
  if (!response.ok) throw ApiProblem.from(response, await response.json().catch(() => null))
  const json = (await response.json()) as TileJson
  return { ...json, tiles: json.tiles.map((url) => sameOrigin(url)) }
}

/** The zoom from which a level is in the tiles at all. */
export function levelMinzoom(tiles: TileJson | null, level: number): number {
  return tiles?.vector_layers.find(({ id }) => id === `grids-${level}`)?.minzoom ?? 0
}
