import { expect, test } from 'vitest'
import { arrange, asCells, type Column } from './columns'

interface Row { name: string; n: number }
const columns: Column<Row>[] = [
  { key: 'name', title: 'Name', text: ({ name }) => name },
  { key: 'n', title: 'Count', text: ({ n }) => `${n} pieces`, by: ({ n }) => n },
]
const rows: Row[] = [{ name: 'B 10', n: 2 }, { name: 'B 9', n: 10 }, { name: 'A\tx', n: 2 }]

test('names sort as people count, numbers by their value, equals stay as they stood', () => {
  expect(arrange(rows, columns, '', { key: 'name', down: false }, 'en').map(({ name }) => name)).toEqual(['A\tx', 'B 9', 'B 10'])
  expect(arrange(rows, columns, '', { key: 'n', down: true }, 'en').map(({ name }) => name)).toEqual(['B 9', 'B 10', 'A\tx'])
  expect(arrange(rows, columns, '', null, 'en')).toEqual(rows)
})

test('every word of the filter must be there, in whichever column', () => {
  expect(arrange(rows, columns, 'b 2', null, 'en').map(({ name }) => name)).toEqual(['B 10'])
  expect(arrange(rows, columns, '  ', null, 'en')).toHaveLength(3)
})

test('copied cells stay cells: no tab or line end within one', () => {
  expect(asCells(rows.slice(2), columns)).toBe('Name\tCount\nA x\t2 pieces')
})
