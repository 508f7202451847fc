import { expect, test } from 'vitest'
import type { SurveyDetail } from '../api/types'
import { bodyOf, draftOf, moved, newItem, shownItem } from './surveyForm'

const same = (text: string) => text
const survey = {
  id: 3, code: 'abc', title: '打分', titleEn: 'Scores', intro: '', introEn: '', mode: 'household', grid: { id: 1, code: 'A1', name: 'A1', level: 2, kind: 'village' }, level: 3, opensAt: null,
  closesAt: '2026-12-01T00:00:00Z', resultsPublic: true, minSample: 5,
  items: [
    { ordinal: 1, kind: 'score', subject: 'self', scale: 5, multiple: false, options: null, required: true, words: '自家', wordsEn: 'Home' },
    { ordinal: 2, kind: 'choice', subject: null, scale: null, multiple: true, options: [{ words: '水', wordsEn: '' }, { words: '路', wordsEn: 'Roads' }], required: false, words: '要改的', wordsEn: '' },
    { ordinal: 3, kind: 'text', subject: null, scale: null, multiple: false, options: null, required: false, words: '建议', wordsEn: '' },
  ],
} as unknown as SurveyDetail

test('what is read from the service goes back unchanged, the English of an option beside its own', () => {
  const body = bodyOf(draftOf(survey, same), same)
  expect(body).toMatchObject({ grid: 'A1', closesAt: '2026-12-01T00:00:00Z', opensAt: null, mode: 'household', minSample: 5 })
  expect(body.items.map((item, i) => ({ ordinal: i + 1, ...item }))).toEqual(survey.items)
})

test('blank lines are no options, and what does not belong to a kind is not sent', () => {
  const item = { ...newItem('choice'), words: 'x', options: ' a \n\n b', optionsEn: 'A\nskipped\nB', subject: 'self' as const }
  expect(shownItem(item, 4)).toEqual({ ordinal: 4, kind: 'choice', subject: null, scale: null, multiple: false, options: [{ words: 'a', wordsEn: 'A' }, { words: 'b', wordsEn: 'B' }], required: false, words: 'x', wordsEn: '' })
  expect(shownItem({ ...item, kind: 'text', multiple: true }, 1)).toMatchObject({ options: null, multiple: false, scale: null })
})

test('a question moves by one and not out of the list', () => {
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c'])
  expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'c', 'b'])
  expect(moved(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c'])
  expect(moved(['a', 'b', 'c'], 2, 3)).toEqual(['a', 'b', 'c'])
})
