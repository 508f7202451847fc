import { expect, test } from 'vitest'
import { guessCategory } from './guessCategory'

const categories = [{ code: '1', name: '\u66b4\u9732\u5783\u573e' }, { code: '2', name: '\u8def\u706f\u635f\u574f' }, { code: '3', name: '\u4e71\u505c\u4e71\u653e' }]

test('the category whose name is in the words is chosen first', () => {
  expect(guessCategory('\u5df7\u5b50\u91cc\u6ca1\u6709\u8def\u706f', categories)).toBe('2')
  expect(guessCategory('\u5783\u573e\u6876\u592a\u5c11', categories)).toBe('1')
})

test('where nothing fits nothing is chosen', () => {
  expect(guessCategory('\u8c22\u8c22', categories)).toBeNull()
  expect(guessCategory('', categories)).toBeNull()
})
