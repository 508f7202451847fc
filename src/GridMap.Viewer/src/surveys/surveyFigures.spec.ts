import { expect, test } from 'vitest'
import type { SurveyItem, SurveyLine } from '../api/types'
import { figureOf, ranked, scored } from './surveyFigures'

const questions = [
  { ordinal: 1, kind: 'score', scale: 10 },
  { ordinal: 4, kind: 'choice', scale: null },
] as unknown as SurveyItem[]
const line = (code: string | null, answers: number, score: number | null, first: number | null): SurveyLine =>
  ({
    grid: code === null ? null : { id: 1, code, name: code, level: 2, kind: 'village' },
    answers,
    tooFew: score === null,
    score,
    figures: [
      { item: 1, count: answers, tooFew: first === null, mean: first, score: first === null ? null : ((first - 1) / 9) * 100, distribution: null },
      { item: 4, count: 1, tooFew: false, mean: null, score: null, distribution: [1, 0] },
    ],
  }) as unknown as SurveyLine
const lines = [line(null, 9, 10, 2), line('a', 4, 80, 8), line('b', 2, null, null), line('c', 5, 40, 9)]
const codes = (item: number, order: 'worst' | 'best') => ranked(lines, questions, item, order).map((one) => one.line.grid?.code ?? '-')

test('the lowest score comes first, what tells none after it, and what lies in no grid last of all', () => {
  expect(codes(0, 'worst')).toEqual(['c', 'a', 'b', '-'])
  expect(codes(0, 'best')).toEqual(['a', 'c', 'b', '-'])
  expect(codes(1, 'worst')).toEqual(['a', 'c', 'b', '-'])
})

test('a figure is that of the question, by its number and not by its place', () => {
  expect(figureOf(lines[1] as SurveyLine, questions, 4)).toEqual({ answers: 1, tooFew: false, score: null, mean: null, distribution: [1, 0] })
  expect(figureOf(lines[1] as SurveyLine, questions, 9).answers).toBe(0)
  expect(scored(questions).map(({ ordinal }) => ordinal)).toEqual([1])
})
