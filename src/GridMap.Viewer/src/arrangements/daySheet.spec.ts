import { expect, test } from 'vitest'
import { saidOf } from './daySheet'

test('a day says what is done and who sees to it, that nothing is, or that nothing was arranged', () => {
  expect(saidOf('清理沟渠', '陈洁', 7, '无')).toBe('清理沟渠 · 陈洁')
  expect(saidOf('清理沟渠', null, 7, '无')).toBe('清理沟渠 · 7')
  expect(saidOf('', null, null, '无')).toBe('无')
  expect(saidOf(null, null, null, '无')).toBe('–')
})
