import { expect, test } from 'vitest'
import type { SurveyItem } from '../api/types'
import { given, missing } from './surveyReplies'

const item = (ordinal: number, kind: 'score' | 'choice' | 'text', required = false): SurveyItem =>
  ({ ordinal, kind, required, subject: null, scale: null, multiple: false, options: null, words: '', wordsEn: '' }) as SurveyItem

const items = [item(1, 'score', true), item(2, 'choice', true), item(3, 'text'), item(4, 'score')]

test('what was left empty is not sent, and the rest goes in order with what its kind takes', () => {
  expect(given(items, { 3: { text: '  路灯 ' }, 1: { value: 8 }, 2: { choices: [] }, 4: { value: null } })).toEqual([{ item: 1, value: 8 }, { item: 3, text: '路灯' }])
  expect(given(items, { 3: { text: '   ' } })).toEqual([])
  expect(given(items, { 2: { choices: [2, 1], text: 'x' } })).toEqual([{ item: 2, choices: [2, 1] }])
})

test('only required questions are missed', () => {
  expect(missing(items, { 1: { value: 1 } }).map(({ ordinal }) => ordinal)).toEqual([2])
  expect(missing(items, { 1: { value: 1 }, 2: { choices: [1] } })).toEqual([])
})
