import { expect, test } from 'vitest'
import { grouped, metres, percent } from './format'

test('a percent is never rounded up to all', () => {
  expect(percent(0)).toBe('0%')
  expect(percent(0.996)).toBe('99%')
  expect(percent(1)).toBe('100%')
  expect(percent(0.29)).toBe('29%')
})

test('digits stand in groups of three', () => {
  expect(grouped(7)).toBe('7')
  expect(grouped(1234567)).toBe('1\u202f234\u202f567')
  expect(grouped(1234.5, 1)).toBe('1\u202f234.5')
})

test('a distance is said in the unit that fits', () => {
  expect(metres(0.3)).toBe('<1 m')
  expect(metres(36.6)).toBe('37 m')
  expect(metres(12_340)).toBe('12.3 km')
})
