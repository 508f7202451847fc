import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl'
import { contextGround, contextLabels, contextLines } from '../map/contextLayers'
import { labelFaces } from '../map/labelText'
import { ground } from '../map/palette'

const nothing: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] }
const own = ['plan-grids', 'plan-names', 'plan-chosen', 'plan-preview', 'plan-measured', 'plan-hold', 'plan-defects', 'plan-moved', 'plan-others', 'plan-reference'] as const
export type PlannerSource = (typeof own)[number]

/** What differs from the base is told by colour and, in the inspector, in words. */
export const changeColour = { changed: '#2f6f9f', preview: ground.accent, locked: '#7a7f85', lost: '#c77700', other: '#6b3fa0' } as const

const atLevel = (level: number): ExpressionSpecification => ['==', ['get', 'level'], level]
const width = [3, 2, 1.2, 0.8]

/** The plan's own borders on quiet ground: the level that is worked on in front, the others as a hint. */
export function plannerStyle(levels: readonly number[]): StyleSpecification {
  const inward = [...levels].sort((a, b) => b - a)
  return {
    version: 8,
    sources: {
      context: { type: 'geojson', data: nothing },
      // Vertices are drawn on: nothing of the lines may be left out for being small.
      ...Object.fromEntries(own.map((id) => [id, { type: 'geojson', data: nothing, tolerance: 0, buffer: 64, maxzoom: 20 }])),
    },
    layers: [
      { id: 'paper', type: 'background', paint: { 'background-color': ground.paper } },
      ...contextGround,
      { id: 'plan-fill', type: 'fill', source: 'plan-grids', paint: { 'fill-color': ['case', ['get', 'changed'], changeColour.changed, '#ffffff'], 'fill-opacity': ['case', ['get', 'changed'], 0.2, 0.35] } },
      { id: 'plan-locked', type: 'fill', source: 'plan-grids', filter: ['get', 'locked'], paint: { 'fill-pattern': 'plan-hatch', 'fill-opacity': 0.5 } },
      ...contextLines,
      { id: 'plan-reference-ground', type: 'fill', source: 'plan-reference', filter: ['in', ['geometry-type'], ['literal', ['Polygon', 'MultiPolygon']]], paint: { 'fill-color': changeColour.other, 'fill-opacity': 0.14 } },
      { id: 'plan-reference', type: 'line', source: 'plan-reference', paint: { 'line-color': changeColour.other, 'line-width': 1.5, 'line-opacity': 0.8 } },
      { id: 'plan-reference-places', type: 'circle', source: 'plan-reference', filter: ['==', ['geometry-type'], 'Point'], paint: { 'circle-radius': 4, 'circle-color': changeColour.other, 'circle-opacity': 0.8 } },
      ...inward.map((level): LayerSpecification => ({
        id: `plan-border-${level}`, type: 'line', source: 'plan-grids', filter: atLevel(level),
        layout: { 'line-join': 'round' },
        paint: { 'line-color': ground.border, 'line-width': width[level - 1] ?? 0.8, 'line-opacity': 0.7 },
      })),
      // Most ground that one grid loses another gains: only what nobody gets keeps the colour of the lost.
      ...(['lost', 'gained'] as const).map((side): LayerSpecification => ({
        id: `plan-moved-${side}`, type: 'fill', source: 'plan-moved', filter: ['==', ['get', 'side'], side],
        paint: { 'fill-color': side === 'gained' ? changeColour.changed : changeColour.lost, 'fill-opacity': side === 'gained' ? 0.75 : 0.4 },
      })),
      { id: 'plan-others', type: 'line', source: 'plan-others', paint: { 'line-color': changeColour.other, 'line-width': 3, 'line-opacity': 0.9 } },
      { id: 'plan-chosen', type: 'fill', source: 'plan-chosen', paint: { 'fill-color': ground.accent, 'fill-opacity': 0.08 } },
      { id: 'plan-chosen-line', type: 'line', source: 'plan-chosen', layout: { 'line-join': 'round' }, paint: { 'line-color': ground.accent, 'line-width': ['case', ['get', 'main'], 3, 2] } },
      { id: 'plan-preview', type: 'fill', source: 'plan-preview', paint: { 'fill-color': changeColour.preview, 'fill-opacity': ['match', ['get', 'change'], 'added', 0.22, 'reshaped', 0.1, 0.04] } },
      { id: 'plan-preview-line', type: 'line', source: 'plan-preview', layout: { 'line-join': 'round' }, paint: { 'line-color': changeColour.preview, 'line-width': 2, 'line-dasharray': [2.5, 2] } },
      { id: 'plan-measured', type: 'line', source: 'plan-measured', paint: { 'line-color': '#1f5fa8', 'line-width': 2, 'line-dasharray': [2, 1.5] } },
      { id: 'plan-vertices', type: 'circle', source: 'plan-hold', filter: ['==', ['get', 'kind'], 'vertex'], paint: { 'circle-radius': 3, 'circle-color': '#ffffff', 'circle-stroke-width': 1.5, 'circle-stroke-color': ground.border } },
      { id: 'plan-hold', type: 'circle', source: 'plan-hold', filter: ['==', ['get', 'kind'], 'hold'], paint: { 'circle-radius': 6, 'circle-color': ground.accent, 'circle-opacity': 0.85, 'circle-stroke-width': 2, 'circle-stroke-color': '#ffffff' } },
      { id: 'plan-drag', type: 'line', source: 'plan-hold', filter: ['==', ['get', 'kind'], 'drag'], paint: { 'line-color': ground.accent, 'line-width': 1.5, 'line-dasharray': [1.5, 1.5] } },
      ...contextLabels,
      {
        id: 'plan-names', type: 'symbol', source: 'plan-names',
        layout: { 'text-font': labelFaces, 'text-field': ['get', 'name'], 'text-size': 13, 'text-max-width': 8, 'text-padding': 3 },
        paint: { 'text-color': ground.label, 'text-halo-color': 'rgba(255,255,255,0.85)', 'text-halo-width': 1.4 },
      },
      {
        id: 'plan-others-names', type: 'symbol', source: 'plan-others',
        layout: { 'text-font': labelFaces, 'text-field': ['get', 'who'], 'text-size': 12, 'text-offset': [0, 1.2] },
        paint: { 'text-color': changeColour.other, 'text-halo-color': '#ffffff', 'text-halo-width': 2 },
      },
      {
        id: 'plan-defects', type: 'circle', source: 'plan-defects',
        paint: { 'circle-radius': 11, 'circle-color': ['case', ['get', 'blocks'], ground.accent, '#9a6200'], 'circle-stroke-width': 2, 'circle-stroke-color': '#ffffff' },
      },
      {
        id: 'plan-defect-numbers', type: 'symbol', source: 'plan-defects',
        layout: { 'text-font': labelFaces, 'text-field': ['get', 'number'], 'text-size': 12, 'text-allow-overlap': true },
        paint: { 'text-color': '#ffffff' },
      },
    ],
  }
}
