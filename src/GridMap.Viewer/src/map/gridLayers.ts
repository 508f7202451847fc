import type { ExpressionSpecification, LayerSpecification, VariableAnchorOffsetCollectionSpecification } from 'maplibre-gl'
import { labelFaces } from './labelText'
import { breaksFor, ground, noShareColour, shareColours, type ShareBreaks } from './palette'

/**
 * The layers of the grids: per level a fill, its outline for hover and selection, a border and a label. Names of
 * source layers are the tileset's: `grids-1` … `grids-6`, `borders`, `labels`.
 */
export const layerOf = {
  fill: (level: number) => `grid-fill-${level}`,
  halo: (level: number) => `grid-halo-${level}`,
  outline: (level: number) => `grid-outline-${level}`,
  border: (level: number) => `grid-border-${level}`,
  label: (level: number) => `grid-label-${level}`,
}

/** What is known of a grid beside its tile, joined by feature-state: counts change without asking for a tile again. */
export interface GridFeatureState {
  share: number | null
  hover?: boolean
  selected?: boolean
}

const state = (name: keyof GridFeatureState): ExpressionSpecification => ['feature-state', name]
const isOn = (name: 'hover' | 'selected'): ExpressionSpecification => ['boolean', state(name), false]

export const fillColour = (breaks: ShareBreaks): ExpressionSpecification => [
  'case',
  ['==', state('share'), null],
  noShareColour,
  ['step', ['number', state('share'), 0], shareColours[0], ...breaks.flatMap((limit, i) => [limit, shareColours[i + 1] ?? noShareColour])] as unknown as ExpressionSpecification,
]

export function gridFill(level: number): LayerSpecification {
  return {
    id: layerOf.fill(level),
    type: 'fill',
    source: 'grids',
    'source-layer': `grids-${level}`,
    layout: { visibility: 'none' },
    paint: { 'fill-color': fillColour(breaksFor(null)), 'fill-opacity': 0.82, 'fill-antialias': false },
  }
}

export function gridOutline(level: number): LayerSpecification[] {
  const common = { type: 'line', source: 'grids', 'source-layer': `grids-${level}` } as const
  const layout = { visibility: 'none', 'line-join': 'round' } as const
  return [
    {
      ...common,
      id: layerOf.halo(level),
      layout,
      paint: { 'line-color': ground.halo, 'line-width': ['case', isOn('selected'), 7, isOn('hover'), 5, 0] },
    },
    {
      ...common,
      id: layerOf.outline(level),
      layout,
      paint: {
        'line-color': ['case', isOn('selected'), ground.accent, ground.border],
        'line-width': ['case', isOn('selected'), 3, isOn('hover'), 2, 0],
      },
    },
  ]
}

/** Each border is held once, at the outermost level that it bounds: 3, 2, 1 and then half a pixel. */
const borderWidth = [3, 2, 1, 0.5]

export function gridBorder(level: number): LayerSpecification {
  const width = borderWidth[level - 1] ?? 0.5
  return {
    id: layerOf.border(level),
    type: 'line',
    source: 'grids',
    'source-layer': 'borders',
    filter: ['==', ['get', 'level'], level],
    layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint: {
      'line-color': ground.border,
      'line-width': ['interpolate', ['linear'], ['zoom'], 9, width * 0.5, 13, width, 17, width * 1.3],
      'line-opacity': 0,
      'line-opacity-transition': { duration: 150 },
    },
  }
}

/** How a level's borders stand out when another level is filled: the inner ones only as a hint. */
export function borderOpacity(level: number, filled: number): number {
  if (level > filled + 1) return 0
  if (level > filled) return 0.22
  return 0.72
}

/** The figure under a name, by grid code: a global state of the style, so that a new count needs no new tile. */
const figure: ExpressionSpecification = ['coalesce', ['get', ['get', 'code'], ['global-state', 'figures']], '']

export const nameAndFigure: ExpressionSpecification = [
  'format',
  ['get', 'name'],
  {},
  ['case', ['==', figure, ''], '', ['concat', '\n', figure]],
  { 'font-scale': 0.86 },
]
export const nameOnly: ExpressionSpecification = ['format', ['get', 'name'], {}]

/** A name makes way for the issues by moving a little off its place before it goes altogether. */
export const labelPlaces: VariableAnchorOffsetCollectionSpecification = ['center', [0, 0], 'bottom', [0, -0.9], 'top', [0, 0.9], 'left', [0.9, 0], 'right', [-0.9, 0]]

export function gridLabel(level: number): LayerSpecification {
  return {
    id: layerOf.label(level),
    type: 'symbol',
    source: 'grids',
    'source-layer': 'labels',
    filter: ['==', ['get', 'level'], level],
    layout: {
      'text-font': labelFaces,
      visibility: 'none',
      'text-field': nameAndFigure,
      'text-size': 13,
      'text-line-height': 1.25,
      'text-max-width': 8,
      'text-padding': 3,
      'text-variable-anchor-offset': labelPlaces,
    },
    paint: { 'text-color': ground.label, 'text-halo-color': 'rgba(255,255,255,0.8)', 'text-halo-width': 1.4 },
  }
}
