import { expect, it } from 'vitest'
import { pointsName, signed, summed } from './pointsName'

it('names in English only what has an English name', () => {
  expect(pointsName('en', '核查', 'Checked')).toBe('Checked')
  expect(pointsName('en', '核查', '')).toBe('核查')
  expect(pointsName('zh-CN', '核查', 'Checked')).toBe('核查')
  expect(pointsName('en', null, null)).toBe('')
})

it('says what is given and what is taken', () => {
  expect([5, 0, -3].map(signed)).toEqual(['+5', '0', '\u22123'])
  expect([-1234, 0].map(summed)).toEqual(['\u22121\u202f234', '0'])
})
