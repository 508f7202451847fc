import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import { ground, noShareColour, shareColours } from '../map/palette'
import { lightColours, patterned, type Patterned } from './lights'
import { percentBreaks } from './percentScale'

export const battleLayerOf = {
  pattern: (light: Patterned, level: number) => `grid-${light}-${level}`,
  silent: (level: number) => `grid-silent-${level}`,
}
export const patternName = (light: Patterned): string => `light-${light}`

/** What a day makes of a grid, joined by feature-state: playing the campaign touches no tile. */
export interface BattleFeatureState {
  light: string | null
  percent: number | null
  silent: boolean
  dim: boolean
}

const state = (name: keyof BattleFeatureState): ExpressionSpecification => ['feature-state', name]

export const lightFill: ExpressionSpecification = [
  'match',
  ['coalesce', state('light'), ''],
  'red',
  lightColours.red,
  'yellow',
  lightColours.yellow,
  'green',
  lightColours.green,
  lightColours.grey,
]

export const percentFill: ExpressionSpecification = [
  'case',
  ['==', state('percent'), null],
  noShareColour,
  ['step', ['number', state('percent'), 0], shareColours[0], ...percentBreaks.flatMap((limit, i) => [limit, shareColours[i + 1] ?? noShareColour])] as unknown as ExpressionSpecification,
]

/** A zone that the list's filter leaves out steps back; where all is well the ground shows through, so that red calls first. */
export const fillStrength: ExpressionSpecification = ['case', ['boolean', state('dim'), false], 0.12, ['match', ['coalesce', state('light'), ''], 'green', 0.74, 0.92]]
export const percentStrength: ExpressionSpecification = ['case', ['boolean', state('dim'), false], 0.12, 0.86]

/**
 * Per level the hatch and the dots, and the dashes of those who have not reported. fill-pattern itself cannot follow a
 * feature-state, but opacity can: each layer holds one pattern, and the state says where it is seen.
 */
export function battleLayers(level: number): LayerSpecification[] {
  const common = { source: 'grids', 'source-layer': `grids-${level}`, layout: { visibility: 'none' } } as const
  return [
    ...patterned.map(
      (light): LayerSpecification => ({
        ...common,
        id: battleLayerOf.pattern(light, level),
        type: 'fill',
        paint: {
          'fill-pattern': patternName(light),
          'fill-antialias': false,
          'fill-opacity': ['case', ['==', state('light'), light], ['case', ['boolean', state('dim'), false], 0.12, 1], 0],
          'fill-opacity-transition': { duration: 0, delay: 0 },
        },
      }),
    ),
  ]
}

/** Above the borders: a dashed line inside the border of a grid from which nothing has come today. */
export function silentLayer(level: number): LayerSpecification {
  return {
    id: battleLayerOf.silent(level),
    type: 'line',
    source: 'grids',
    'source-layer': `grids-${level}`,
    layout: { visibility: 'none', 'line-join': 'round' },
    paint: {
      'line-color': ground.label,
      'line-width': 2,
      'line-offset': 3.5,
      'line-dasharray': [2, 1.6],
      'line-opacity': ['case', ['boolean', state('silent'), false], 0.9, 0],
    },
  }
}
