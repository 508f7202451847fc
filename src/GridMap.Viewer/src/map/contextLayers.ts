import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl'
import { labelFaces } from './labelText'
import { ground } from './palette'

/** What lies under the grids and what helps to find one's way: never as loud as the data. */
const is = (layer: string): ExpressionSpecification => ['==', ['get', 'layer'], layer]
const isArea: ExpressionSpecification = ['in', ['geometry-type'], ['literal', ['Polygon', 'MultiPolygon']]]
const isLine: ExpressionSpecification = ['in', ['geometry-type'], ['literal', ['LineString', 'MultiLineString']]]
const both = (a: ExpressionSpecification, b: ExpressionSpecification): FilterSpecification => ['all', a, b]

/** 1 motorway, 2 main road, 3 country road or town street, 4 lane. */
const rank: ExpressionSpecification = ['to-number', ['coalesce', ['get', 'rank'], 3]]
const byRank = (motorway: number, main: number, street: number, lane: number): ExpressionSpecification => ['match', rank, 1, motorway, 2, main, 3, street, lane]

/** Road width in pixels by zoom, `more` wider for the casing under it. */
function roadWidth(more: number): ExpressionSpecification {
  const width = (motorway: number, main: number, street: number, lane: number) => byRank(motorway + more, main + more, street + more, lane + more)
  return ['interpolate', ['exponential', 1.5], ['zoom'], 10, width(1.2, 0.8, 0.3, 0.2), 13, width(2.8, 2, 1, 0.5), 16, width(9, 7, 4.5, 2.5), 19, width(30, 24, 18, 11)]
}

/** A road comes in when there is room for it: a net of lanes at a small scale is only noise over the data. */
const roadOpacity: ExpressionSpecification = ['interpolate', ['linear'], ['zoom'], 10, byRank(0.9, 0, 0, 0), 12, byRank(1, 0.85, 0, 0), 13.5, byRank(1, 1, 0.6, 0), 15, byRank(1, 1, 1, 0.3), 16, 1]

/** Lines for the layers whose water or roads are lines; areas for the others. A river may come as either. */
const riverWidth = (more: number): ExpressionSpecification => {
  const width = (main: number, side: number): ExpressionSpecification => ['match', rank, 1, main + more, side + more]
  return ['interpolate', ['exponential', 1.6], ['zoom'], 9, width(1.5, 0.6), 13, width(7, 2), 16, width(30, 7), 19, width(90, 20)]
}

export const contextGround: LayerSpecification[] = [
  { id: 'context-built', type: 'fill', source: 'context', filter: is('built'), paint: { 'fill-color': ground.built } },
  { id: 'context-green', type: 'fill', source: 'context', filter: is('green'), paint: { 'fill-color': ground.green } },
  { id: 'context-water', type: 'fill', source: 'context', filter: both(['any', is('water'), is('river')], isArea), paint: { 'fill-color': ground.water } },
]

/** The same width on the ground at every zoom: this many pixels at zoom 9. */
const byZoom = (pixels: number): ExpressionSpecification => ['interpolate', ['exponential', 2], ['zoom'], 9, pixels, 14, pixels * 32]

/** The context ends in a straight line: its edge melts into the paper. Its geometry is made by useContext. */
export const contextFrame: LayerSpecification = {
  id: 'context-frame',
  type: 'line',
  source: 'context-frame',
  paint: { 'line-color': ground.paper, 'line-width': byZoom(25), 'line-blur': byZoom(12.5) },
}

const round = { 'line-cap': 'round', 'line-join': 'round' } as const

export const contextLines: LayerSpecification[] = [
  {
    // Once more above the grids' colour: rivers and lakes (they have names) tell where one is; ponds let the data through.
    // Rivers overlap where they meet, so they must be nearly opaque.
    id: 'context-water-over',
    type: 'fill',
    source: 'context',
    filter: both(['any', is('water'), is('river')], isArea),
    paint: { 'fill-color': ground.water, 'fill-antialias': false, 'fill-opacity': ['case', ['has', 'name'], 0.9, 0.42] },
  },
  {
    id: 'context-water-edge',
    type: 'line',
    source: 'context',
    minzoom: 13.5,
    filter: both(['any', is('water'), is('river')], isArea),
    paint: { 'line-color': ground.waterLine, 'line-width': 0.8, 'line-opacity': ['interpolate', ['linear'], ['zoom'], 13.5, 0, 14.5, 1] },
  },
  { id: 'context-river-edge', type: 'line', source: 'context', filter: both(is('river'), isLine), layout: round, paint: { 'line-color': ground.waterLine, 'line-width': riverWidth(1.5) } },
  { id: 'context-river', type: 'line', source: 'context', filter: both(is('river'), isLine), layout: round, paint: { 'line-color': ground.water, 'line-width': riverWidth(0) } },
  {
    id: 'context-road-casing',
    type: 'line',
    source: 'context',
    filter: is('road'),
    layout: { 'line-join': 'round' },
    paint: { 'line-color': ground.roadCasing, 'line-width': roadWidth(1.2), 'line-opacity': roadOpacity },
  },
  {
    id: 'context-road',
    type: 'line',
    source: 'context',
    filter: is('road'),
    layout: { ...round, 'line-sort-key': ['-', 0, rank] },
    paint: { 'line-color': ground.road, 'line-width': roadWidth(0), 'line-opacity': roadOpacity },
  },
  { id: 'context-rail', type: 'line', source: 'context', filter: is('rail'), paint: { 'line-color': ground.rail, 'line-width': 1.5, 'line-dasharray': [6, 3] } },
]

const halo = { 'text-halo-color': 'rgba(255,255,255,0.85)', 'text-halo-width': 1.2 } as const

export const contextLabels: LayerSpecification[] = [
  {
    id: 'context-line-name',
    type: 'symbol',
    source: 'context',
    minzoom: 13.5,
    filter: both(['has', 'name'], isLine),
    layout: { 'text-font': labelFaces, 'symbol-placement': 'line', 'symbol-spacing': 420, 'text-field': ['get', 'name'], 'text-size': 11, 'text-letter-spacing': 0.1, 'symbol-sort-key': rank },
    paint: { 'text-color': ['match', ['get', 'layer'], 'river', ground.waterName, ground.labelSoft], ...halo },
  },
  {
    id: 'context-area-name',
    type: 'symbol',
    source: 'context',
    minzoom: 13,
    filter: both(['has', 'name'], isArea),
    layout: { 'text-font': labelFaces, 'text-field': ['get', 'name'], 'text-size': 11, 'text-letter-spacing': 0.1, 'text-max-width': 7 },
    paint: { 'text-color': ['match', ['get', 'layer'], ['water', 'river'], ground.waterName, 'green', '#4d6b3c', ground.labelSoft], ...halo },
  },
]
