import type { SurveyItem, SurveyLine } from '../api/types'

/** What a line says of one question, or overall: a score of 0 to 100, or too few to tell. */
export interface LineFigure {
  answers: number
  tooFew: boolean
  score: number | null
  mean: number | null
  distribution: readonly number[] | null
}

/** `item` 0 is the overall score. */
export function figureOf(line: SurveyLine, questions: readonly SurveyItem[], item: number): LineFigure {
  if (item === 0) return { answers: line.answers, tooFew: line.tooFew, score: line.score ?? null, mean: null, distribution: null }
  const figure = line.figures[questions.findIndex(({ ordinal }) => ordinal === item)]
  return { answers: figure?.count ?? 0, tooFew: figure?.tooFew ?? false, score: figure?.score ?? null, mean: figure?.mean ?? null, distribution: figure?.distribution ?? null }
}

export type LineOrder = 'worst' | 'best'

/** Lines by score; what tells none comes last, the line without a grid at the very end. */
export function ranked(lines: readonly SurveyLine[], questions: readonly SurveyItem[], item: number, order: LineOrder): { line: SurveyLine; figure: LineFigure }[] {
  const all = lines.map((line) => ({ line, figure: figureOf(line, questions, item) }))
  const turn = order === 'worst' ? 1 : -1
  return all.sort(
    (a, b) =>
      Number(a.line.grid === null) - Number(b.line.grid === null) ||
      Number(a.figure.score === null) - Number(b.figure.score === null) ||
      turn * ((a.figure.score ?? 0) - (b.figure.score ?? 0)) ||
      b.figure.answers - a.figure.answers,
  )
}

/** The questions that a map can be coloured by. */
export const scored = (questions: readonly SurveyItem[]): SurveyItem[] => questions.filter(({ kind }) => kind === 'score')

export const points = (score: number | null): string => (score === null ? '' : score.toFixed(1))
