import 'maplibre-gl/dist/maplibre-gl.css'
import { Map as MapLibre, setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'
import { api, take } from '../api/client'
import type { Point } from '../api/types'
import { contextGround, contextLabels, contextLines } from './contextLayers'
import { gridBorder, gridLabel, layerOf } from './gridLayers'
import { ideographFaces } from './labelText'
import { ground } from './palette'
import { loadTileJson } from './tileJson'

export const closeZoom = 17
setWorkerUrl(workerUrl)

/** A small map to point with: ground, borders, names of the innermost grids. Null when its element is gone by then. */
export async function makePlaceMap(container: () => HTMLElement | null, at: Point | null, bbox: readonly unknown[] | null): Promise<MapLibre | null> {
  const [tiles, settings, context] = await Promise.all([loadTileJson(), take(api.GET('/api/v1/settings')), take(api.GET('/api/v1/context')).catch(() => null)])
  const element = container()
  if (!element) return null
  const levels = settings.levels.map(({ level }) => level).sort((a, b) => b - a)
  const box = (bbox ?? settings.bbox) as [number, number, number, number]
  const map = new MapLibre({
    container: element,
    style: {
      version: 8,
      sources: {
        context: { type: 'geojson', data: (context ?? { type: 'FeatureCollection', features: [] }) as never },
        grids: { type: 'vector', tiles: tiles.tiles, minzoom: tiles.minzoom, maxzoom: tiles.maxzoom },
      },
      layers: [{ id: 'paper', type: 'background', paint: { 'background-color': ground.paper } }, ...contextGround, ...contextLines, ...levels.map(gridBorder), ...contextLabels, ...levels.map(gridLabel)],
    },
    localIdeographFontFamily: ideographFaces,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    ...(at ? { center: [at.lon, at.lat], zoom: closeZoom } : { bounds: box, fitBoundsOptions: { padding: 24 } }),
  })
  map.touchZoomRotate.disableRotation()
  map.once('load', () => {
    const innermost = Math.max(...levels)
    for (const level of levels) map.setPaintProperty(layerOf.border(level), 'line-opacity', 0.6)
    map.setLayoutProperty(layerOf.label(innermost), 'visibility', 'visible')
    map.setLayoutProperty(layerOf.label(innermost), 'text-field', ['get', 'name'])
  })
  // For whoever scripts the page: the map itself, on the element that holds it.
  Object.assign(element, { map })
  return map
}
