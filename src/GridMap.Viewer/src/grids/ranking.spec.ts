import { expect, test } from 'vitest'
import type { Grid, GridCounts } from '../api/types'
import { rank } from './ranking'

const grid = (code: string): Grid => ({ id: 1, code, name: code, level: 2, kind: 'village', parent: null, parentName: null, areaSquareMetres: 1, areaMu: 1, bbox: [], center: { lon: 0, lat: 0 }, attributes: {}, responsible: [] })
const count = (code: string, open: number, writtenOff: number): [string, GridCounts] => [code, { gridId: 1, code, level: 2, reported: open, claimed: 0, rectified: 0, writtenOff, overdue: 0 }]

const grids = ['a', 'b', 'c', 'd', 'e'].map(grid)
const counts = new Map([count('a', 1, 3), count('b', 5, 5), count('d', 1, 1), count('e', 0, 4)])

test('the one furthest behind comes first, ties by open issues, those without issues last', () => {
  expect(rank(grids, counts, 'worst').map((row) => row.grid.code)).toEqual(['b', 'd', 'a', 'e', 'c'])
})

test('the other way round keeps those without issues last', () => {
  expect(rank(grids, counts, 'best').map((row) => row.grid.code)).toEqual(['e', 'a', 'd', 'b', 'c'])
})
