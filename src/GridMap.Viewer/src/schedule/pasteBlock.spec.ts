import { expect, test } from 'vitest'
import { cellsOf, readBlock } from './pasteBlock'

test('a block is lines of cells, with or without a last line end, of any system', () => {
  expect(cellsOf('1\t2\r\n3\t4\r\n')).toEqual([['1', '2'], ['3', '4']])
  expect(cellsOf('1\n2')).toEqual([['1'], ['2']])
  expect(cellsOf('1\t\n\t2\n')).toEqual([['1', ''], ['', '2']])
  expect(cellsOf('')).toEqual([['']])
})

test('a cell in quotes may hold a line end and quotes; a quote within a cell is a quote', () => {
  expect(cellsOf('"a\nb"\t"say ""no"""\n5"')).toEqual([['a\nb', 'say "no"'], ['5"']])
})

test('thousands, full-width digits and empty cells are quantities', () => {
  expect(readBlock('1,200\t３\n\t0.5\n')).toEqual({ rows: [[1_200_000, 3_000], [0, 500]], errors: [] })
})

test('what is no number is told with its row and column, all of them', () => {
  expect(readBlock('1\tx\n-2\t3').errors).toEqual([{ row: 1, column: 2, text: 'x' }, { row: 2, column: 1, text: '-2' }])
})
