import { expect, test } from 'vitest'
import { inOrder, linesOf, type ScheduleGrid } from './scheduleRows'

const grid = (code: string, parent: string | null, level: number): ScheduleGrid => ({ id: 1, code, name: code, parent, level, isZone: level === 3, zones: 1 })
const grids = [grid('A12', 'A1', 3), grid('A11', 'A1', 3), grid('A2', 'A', 2), grid('A21', 'A2', 3), grid('A', null, 1), grid('A1', 'A', 2)]

test('each grid stands before those inside it, in the order of codes', () => {
  expect(inOrder(grids).map(({ code }) => code)).toEqual(['A', 'A1', 'A11', 'A12', 'A2', 'A21'])
})

test('who does not see the parent sees the zones', () => {
  expect(inOrder([grid('A12', 'A1', 3), grid('A11', 'A1', 3)]).map(({ code }) => code)).toEqual(['A11', 'A12'])
})

test('a line an item, and none inside a folded grid', () => {
  expect(linesOf(inOrder(grids), ['heaps', 'sheds'], new Set(['A1'])).map(({ key }) => key)).toEqual([
    'A|heaps', 'A|sheds', 'A1|heaps', 'A1|sheds', 'A2|heaps', 'A2|sheds', 'A21|heaps', 'A21|sheds',
  ])
  expect(linesOf(inOrder(grids), ['heaps'], new Set(['A'])).map(({ key }) => key)).toEqual(['A|heaps'])
})
