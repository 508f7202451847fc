import type { LayerSpecification, RasterLayerSpecification, SourceSpecification } from 'maplibre-gl'
import type { BaseMap } from '../api/types'
import { sameOrigin } from '../map/sameOrigin'

/** What a base map adds to the style: everything under names that begin with `base-`. */
export interface Ground {
  sources: Record<string, SourceSpecification>
  layers: LayerSpecification[]
}

export const isGround = (id: string): boolean => id.startsWith('base-')

/** So much of their colour the grids keep over a base map: enough to be told apart, and the streets can still be read. */
export const fillOverGround = 0.62

/** Calm, since the data are what is to be seen; on the wall dark. */
const dayPaint: RasterLayerSpecification['paint'] = { 'raster-saturation': -0.4, 'raster-contrast': -0.08, 'raster-fade-duration': 150 }
const nightPaint: RasterLayerSpecification['paint'] = { 'raster-saturation': -0.75, 'raster-brightness-max': 0.4, 'raster-fade-duration': 150 }

/** Pictures, one layer on the other: tiles of the service, or a PMTiles file that is read there by ranges. */
export function rasterGround(map: BaseMap, night: boolean, origin?: string): Ground {
  const named = map.layers.map(({ id, url }) => ({ id: `base-${id}`, url: sameOrigin(url, origin) }))
  return {
    sources: Object.fromEntries(named.map(({ id, url }) => [id, rasterSource(map, url)])),
    layers: named.map(({ id }) => ({ id, type: 'raster', source: id, paint: night ? nightPaint : dayPaint })),
  }
}

function rasterSource(map: BaseMap, url: string): SourceSpecification {
  return map.kind === 'pmtiles'
    ? { type: 'raster', url: `pmtiles://${url}`, tileSize: map.tileSize }
    : { type: 'raster', tiles: [url], tileSize: map.tileSize, minzoom: map.minZoom, maxzoom: map.maxZoom }
}
