import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import { ground } from './palette'
import { softText } from './labelText'

/** What lies under the grids and what helps to find one's way: never as loud as the data. */
const is = (layer: string): ExpressionSpecification => ['==', ['get', 'layer'], layer]
const rank: ExpressionSpecification = ['to-number', ['coalesce', ['get', 'rank'], 3]]

/** Road width by rank (1 is the main road) and zoom, `more` pixels wider for the casing under it. */
function roadWidth(more: number): ExpressionSpecification {
  const width = (main: number, side: number, lane: number): ExpressionSpecification => ['match', rank, 1, main + more, 2, side + more, lane + more]
  return ['interpolate', ['exponential', 1.5], ['zoom'], 10, width(1.2, 0.5, 0), 13, width(2.6, 1.6, 0.7), 16, width(8, 6, 4), 19, width(26, 20, 14)]
}

export const contextGround: LayerSpecification[] = [
  { id: 'context-built', type: 'fill', source: 'context', filter: is('built'), paint: { 'fill-color': ground.built } },
  { id: 'context-green', type: 'fill', source: 'context', filter: is('green'), paint: { 'fill-color': ground.green } },
]

export const contextLines: LayerSpecification[] = [
  {
    id: 'context-water',
    type: 'fill',
    source: 'context',
    filter: ['all', is('water'), ['in', ['geometry-type'], ['literal', ['Polygon', 'MultiPolygon']]]],
    paint: { 'fill-color': ground.water, 'fill-outline-color': ground.waterLine },
  },
  {
    id: 'context-river-edge',
    type: 'line',
    source: 'context',
    filter: ['all', is('river'), ['==', ['geometry-type'], 'LineString']],
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': ground.waterLine, 'line-width': riverWidth(1.5) },
  },
  {
    id: 'context-river',
    type: 'line',
    source: 'context',
    filter: ['all', is('river'), ['==', ['geometry-type'], 'LineString']],
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': ground.water, 'line-width': riverWidth(0) },
  },
  {
    id: 'context-river-area',
    type: 'fill',
    source: 'context',
    filter: ['all', is('river'), ['in', ['geometry-type'], ['literal', ['Polygon', 'MultiPolygon']]]],
    paint: { 'fill-color': ground.water, 'fill-outline-color': ground.waterLine },
  },
  {
    id: 'context-road-casing',
    type: 'line',
    source: 'context',
    filter: is('road'),
    layout: { 'line-cap': 'butt', 'line-join': 'round' },
    paint: { 'line-color': ground.roadCasing, 'line-width': roadWidth(1.2), 'line-opacity': fadeIn(10, 12) },
  },
  {
    id: 'context-road',
    type: 'line',
    source: 'context',
    filter: is('road'),
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': ground.road, 'line-width': roadWidth(0), 'line-opacity': fadeIn(10, 12) },
  },
  {
    id: 'context-rail',
    type: 'line',
    source: 'context',
    filter: is('rail'),
    paint: { 'line-color': ground.rail, 'line-width': 1.5, 'line-dasharray': [6, 3] },
  },
]

export const contextLabels: LayerSpecification[] = [
  {
    id: 'context-name',
    type: 'symbol',
    source: 'context',
    minzoom: 13,
    filter: ['all', ['has', 'name'], ['==', ['geometry-type'], 'LineString']],
    layout: { ...softText, 'symbol-placement': 'line', 'symbol-spacing': 380, 'text-field': ['get', 'name'], 'text-size': 11, 'text-letter-spacing': 0.1 },
    paint: {
      'text-color': ['match', ['get', 'layer'], 'river', '#41708f', ground.labelSoft],
      'text-halo-color': 'rgba(255,255,255,0.85)',
      'text-halo-width': 1.2,
    },
  },
]

function riverWidth(more: number): ExpressionSpecification {
  const width = (main: number, side: number): ExpressionSpecification => ['match', rank, 1, main + more, side + more]
  return ['interpolate', ['exponential', 1.6], ['zoom'], 9, width(1.5, 0.6), 13, width(7, 2), 16, width(30, 7), 19, width(90, 20)]
}

function fadeIn(from: number, to: number): ExpressionSpecification {
  return ['interpolate', ['linear'], ['zoom'], from, 0, to, 1]
}
