import type { ExpressionSpecification } from 'maplibre-gl'
import { percentBreaks } from '../campaigns/percentScale'
import { noShareColour, shareColours } from '../map/palette'

/** What a survey makes of a grid, joined by feature-state: another question touches no tile. */
export interface SurveyFeatureState {
  score: number | null
}

const score: ExpressionSpecification = ['feature-state', 'score']

/** The seven steps of the one hue, with the limits that percents have: a colour means the same for every question. */
export const surveyFill: ExpressionSpecification = [
  'case',
  ['==', score, null],
  noShareColour,
  ['step', ['number', score, 0], shareColours[0], ...percentBreaks.flatMap((limit, i) => [limit, shareColours[i + 1] ?? noShareColour])] as unknown as ExpressionSpecification,
]
