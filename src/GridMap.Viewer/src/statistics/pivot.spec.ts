import { expect, test } from 'vitest'
import type { WriteOffBoard } from '../api/types'
import { crosses, pivot, questionOf, unitOf, valueOf } from './pivot'

type Line = WriteOffBoard['items'][number]

const line = (grid: string | null, category: string, period: string, reported: number, unit: string, quantity: number): Line => ({
  grid: grid === null ? null : { level: 2, id: 1, code: grid, name: grid, kind: 'village' },
  category,
  period,
  figures: { reported, open: 0, overdue: 0, writtenOff: reported, fixed: 0, inTime: 0, late: 0, dismissed: 0, returned: 0, reopened: 0, exceptions: 0, onSpot: 0, rated: 0, stars: 0 },
  quantities: [{ unit, reported: quantity, writtenOff: 0, unmeasured: 0 }],
})
const items = [line('A', '01', '2026-09-01', 3, '处', 3), line('A', '02', '2026-10-01', 2, '吨', 0.5), line(null, '01', '2026-09-01', 1, '处', 1), line('B', '01', '2026-10-01', 4, '处', 4)]

test('every total is the sum of its cells, along both axes, and what lies in no grid comes last', () => {
  for (const [row, column] of [['grid', 'category'], ['category', 'month'], ['month', 'grid']] as const) {
    const table = pivot({ items }, row, column)
    for (const r of table.rows) expect(table.columns.reduce((sum, c) => sum + (valueOf(table.cell(r, c), 'reported') ?? 0), 0)).toBe(valueOf(table.row(r), 'reported'))
    for (const c of table.columns) expect(table.rows.reduce((sum, r) => sum + (valueOf(table.cell(r, c), 'reported') ?? 0), 0)).toBe(valueOf(table.column(c), 'reported'))
    expect(valueOf(table.total, 'reported')).toBe(10)
  }
  expect(pivot({ items }, 'grid', null).rows).toEqual(['A', 'B', ''])
})

test('units are never added to each other', () => {
  const table = pivot({ items }, 'grid', 'category')
  expect(valueOf(table.row('A'), 'quantity')).toBeNull()
  expect(valueOf(table.cell('A', '02'), 'quantity')).toBe(0.5)
  expect([...table.total.quantities.values()].map(({ unit, reported }) => `${reported} ${unit}`)).toEqual(['8 处', '0.5 吨'])
  expect(valueOf(table.cell('B', '02'), 'quantity')).toBe(0)
  expect([unitOf(table.cell('A', '02'), 'quantity'), unitOf(table.row('A'), 'quantity'), unitOf(table.row('A'), 'reported')]).toEqual(['吨', '处 吨', ''])
})

test('the service is asked for what both axes need', () => {
  expect(questionOf('grid', 'heading')).toEqual({ byCategory: true, categoryLevel: 1 })
  expect(questionOf('category', 'week')).toEqual({ byCategory: true, categoryLevel: 2, period: 'week' })
  expect(questionOf('grid', null)).toEqual({ byCategory: false, categoryLevel: 1 })
  expect(crosses('heading', 'category')).toBe(false)
  expect(crosses('day', 'grid')).toBe(true)
})
