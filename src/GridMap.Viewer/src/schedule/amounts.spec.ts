import { expect, test } from 'vitest'
import { plainAmount, readAmount, shortAmount, shownAmount, toQuantity, toThousandths } from './amounts'

test.each([
  ['12', 12_000],
  ['1,234.5', 1_234_500],
  ['1 234', 1_234_000],
  ['１２．５', 12_500],
  ['１，２３４', 1_234_000],
  ['12。5', 12_500],
  ['.125', 125],
  ['3.1400', 3_140],
  ['', 0],
  [' ', 0],
  ['-', 0],
  ['99999999.999', 99_999_999_999],
])('%j is read as %i thousandths', (text, amount) => expect(readAmount(text)).toBe(amount))

test.each(['abc', '-3', '1.2345', '1,23', '12,5', '1e3', '100000000', '1.2.3', '3吨', '#REF!'])('%j is no quantity', (text) => expect(readAmount(text)).toBeNull())

test('what the wire carries comes back as it was', () => {
  for (const quantity of [0, 0.1, 0.3, 4.37, 1234.005, 99_999_999.999]) expect(toQuantity(toThousandths(quantity))).toBe(quantity)
})

test('a cell shows what it holds and copies as a number', () => {
  expect(shownAmount(1_234_500)).toBe('1\u202f234.5')
  expect(shownAmount(-250)).toBe('−0.25')
  expect([shortAmount(99_125), shortAmount(100_500)]).toEqual(['99.125', '101'])
  expect(plainAmount(1_234_500)).toBe('1234.5')
})
