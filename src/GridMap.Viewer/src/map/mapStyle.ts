import type { StyleSpecification } from 'maplibre-gl'
import type { Level } from '../api/types'
import { battleLayers, silentLayer } from '../campaigns/battleLayers'
import { contextFrame, contextGround, contextLabels, contextLines } from './contextLayers'
import { gridBorder, gridFill, gridLabel, gridOutline } from './gridLayers'
import { issueLayers } from './issueLayers'
import { ground } from './palette'
import type { TileJson } from './tileJson'

const nothing: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] }

/**
 * The whole map as one document, in the order in which it is painted: paper, green and built ground, grids, water and
 * roads (above the colour, so that one finds one's way), borders, what is hovered or selected, names, issues.
 * Symbols are placed from the top down: names step aside for issues, and inner names for outer ones.
 */
export function mapStyle(levels: readonly Level[], tiles: TileJson): StyleSpecification {
  const numbers = levels.map(({ level }) => level).sort((a, b) => a - b)
  const inward = [...numbers].reverse()
  return {
    version: 8,
    state: { figures: { default: {} } },
    transition: { duration: 150, delay: 0 },
    sources: {
      context: { type: 'geojson', data: nothing },
      'context-frame': { type: 'geojson', data: nothing },
      grids: { type: 'vector', tiles: tiles.tiles, minzoom: tiles.minzoom, maxzoom: tiles.maxzoom, ...(tiles.bounds && { bounds: tiles.bounds }) },
      accuracy: { type: 'geojson', data: nothing },
      issues: {
        type: 'geojson',
        data: nothing,
        cluster: true,
        clusterRadius: 48,
        clusterMaxZoom: 14,
        clusterProperties: { overdue: ['+', ['case', ['get', 'overdue'], 1, 0]] },
      },
    },
    layers: [
      { id: 'paper', type: 'background', paint: { 'background-color': ground.paper } },
      ...contextGround,
      ...numbers.map(gridFill),
      ...numbers.flatMap(battleLayers),
      ...contextLines,
      contextFrame,
      ...inward.map(gridBorder),
      ...numbers.map(silentLayer),
      ...inward.flatMap(gridOutline),
      {
        id: 'accuracy',
        type: 'fill',
        source: 'accuracy',
        paint: { 'fill-color': '#1f5fa8', 'fill-opacity': 0.14, 'fill-outline-color': '#1f5fa8' },
      },
      ...contextLabels,
      ...inward.map(gridLabel),
      ...issueLayers,
    ],
  }
}
