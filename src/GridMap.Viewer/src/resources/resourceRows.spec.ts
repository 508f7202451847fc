import { expect, test } from 'vitest'
import type { ResourceQuantity, ResourceRow } from '../api/types'
import { difference, exact, isOver, kindName, overRows, parseQuantity, perHousehold, quantityOf, rowsWithRest, standings, usedOrder, usedShare } from './resourceRows'

const of = (planned: number, used: number, resource = 'money'): ResourceQuantity => ({ resource, planned, used, usedPerHousehold: null, own: planned, version: 1 })
const row = (grid: string | null, ...quantities: ResourceQuantity[]): ResourceRow => ({ grid, name: grid, parent: null, households: null, quantities })

test('used is a share of what is planned, and without a plan no share', () => {
  expect([usedShare(of(8, 2)), usedShare(of(0, 2)), usedShare(of(0, 0))]).toEqual([0.25, null, null])
})

test('more than planned is marked, without a plan too; exactly what was planned is not', () => {
  expect([isOver(of(8, 8)), isOver(of(8, 8.001)), isOver(of(0, 1)), isOver(of(0, 0))]).toEqual([false, true, true, false])
  expect(overRows([row('a', of(8, 8)), row('b', of(1, 1), of(1, 2, 'vehicles'))]).map(({ grid }) => grid)).toEqual(['b'])
})

test('use without a plan sorts above every share, neither below all', () => {
  const rows = [of(10, 5), of(0, 0), of(0, 3), of(10, 20)]
  expect([...rows].sort((a, b) => usedOrder(a) - usedOrder(b))).toEqual([rows[1], rows[0], rows[3], rows[2]])
  expect(usedOrder(null)).toBe(-1)
})

test('a resource is found by its code, and what is in no row stands at the end', () => {
  const a = row('a', of(1, 1), of(2, 2, 'vehicles'))
  expect(quantityOf(a, 'vehicles')?.planned).toBe(2)
  expect(quantityOf(a, 'boats')).toBeNull()
  const rest = row(null)
  expect([rowsWithRest({ rows: [a], notDivided: rest }), rowsWithRest({ rows: [a], notDivided: null })]).toEqual([[a, rest], [a]])
})

test('a quantity has three decimals at most, and groups of digits are no matter', () => {
  expect(['0', '12.5', ' 1 200 ', '1,200.125', '12000000'].map(parseQuantity)).toEqual([0, 12.5, 1200, 1200.125, 12_000_000])
  expect(['', '-1', '1.2345', 'ten', '1e3', '.5', '9999999999999'].map(parseQuantity)).toEqual([null, null, null, null, null, null, null])
})

test('an entry stands at what its corrections have left of it, to the thousandth', () => {
  const stands = standings([{ id: 3, quantity: -0.1, corrects: 1 }, { id: 2, quantity: 5, corrects: null }, { id: 1, quantity: 0.3, corrects: null }])
  expect([...stands]).toEqual([[1, 0.2], [2, 5]])
  expect(difference(0.3, 0.1)).toBe(-0.2)
})

test('a resource without an English name keeps its Chinese one', () => {
  const kind = { code: 'money', name: '\u7ecf\u8d39', nameEn: '', unit: '\u5143' }
  expect([kindName(kind, 'en'), kindName({ ...kind, nameEn: 'Money' }, 'en'), kindName({ ...kind, nameEn: 'Money' }, 'zh-CN')]).toEqual([kind.name, 'Money', kind.name])
})

test('a small share of a household is not rounded to nothing', () => {
  expect([0.0043, 0.0001, 0, 0.14, 6.5105, 1234.5].map(perHousehold)).toEqual(['0.0043', '0.0001', '0.00', '0.14', '6.51', '1\u202f235'])
})

test('a quantity is written with the decimals it has', () => {
  expect([2963.5, 0.125, 12, 0.1 + 0.2, 28844].map(exact)).toEqual(['2\u202f963.5', '0.125', '12', '0.3', '28\u202f844'])
})
