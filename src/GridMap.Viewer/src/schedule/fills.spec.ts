import { expect, test } from 'vitest'
import { copyLastWeek, extended, fillBy, fillDown, fillRight, paste } from './fills'

const value = (row: number, column: number) => row * 10 + column
const short = (cells: readonly { row: number; column: number; amount: number }[] | null) => cells?.map(({ row, column, amount }) => `${row},${column}=${amount}`)

test('the first row fills those below; a single row takes the one above', () => {
  expect(short(fillDown({ top: 1, bottom: 3, left: 2, right: 2 }, value))).toEqual(['2,2=12', '3,2=12'])
  expect(short(fillDown({ top: 1, bottom: 1, left: 2, right: 3 }, value))).toEqual(['1,2=2', '1,3=3'])
  expect(fillDown({ top: 0, bottom: 0, left: 0, right: 0 }, value)).toEqual([])
})

test('the first column fills those right of it; a single one takes the one before', () => {
  expect(short(fillRight({ top: 1, bottom: 1, left: 0, right: 2 }, value))).toEqual(['1,1=10', '1,2=10'])
  expect(short(fillRight({ top: 1, bottom: 2, left: 1, right: 1 }, value))).toEqual(['1,1=10', '2,1=20'])
})

test('last week is copied into each week that is selected', () => {
  expect(short(copyLastWeek({ top: 0, bottom: 1, left: 2, right: 3 }, value))).toEqual(['0,2=1', '0,3=1', '1,2=11', '1,3=11'])
  expect(copyLastWeek({ top: 0, bottom: 1, left: 0, right: 0 }, value)).toEqual([])
})

test('the handle fills along one way, and the pattern goes on', () => {
  const source = { top: 1, bottom: 2, left: 1, right: 1 }
  expect(extended(source, 5, 2)).toEqual({ top: 1, bottom: 5, left: 1, right: 1 })
  expect(extended(source, 2, 4)).toEqual({ top: 1, bottom: 2, left: 1, right: 4 })
  expect(extended(source, 2, 1)).toEqual(source)
  expect(short(fillBy(source, { top: 0, bottom: 4, left: 1, right: 1 }, value))).toEqual(['0,1=21', '3,1=11', '4,1=21'])
})

test('one value fills the selection, a block lies where it is put and never beyond the table', () => {
  const range = { top: 1, bottom: 2, left: 0, right: 1 }
  expect(short(paste([[7]], range, 5, 4))).toEqual(['1,0=7', '1,1=7', '2,0=7', '2,1=7'])
  expect(short(paste([[1, 2], [3]], range, 5, 4))).toEqual(['1,0=1', '1,1=2', '2,0=3'])
  expect(paste([[1], [2], [3], [4], [5]], range, 5, 4)).toBeNull()
})
