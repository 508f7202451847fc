import { expect, test } from 'vitest'
import { after, boxAround, fromFeature, neighboursOf, type PlannedGrid } from './plannedGrid'

const square = (id: number, west: number, south: number, level = 1): PlannedGrid =>
  fromFeature({
    type: 'Feature', id,
    properties: { code: `G${id}`, name: `G${id}`, level, kind: 'village', parent: null, areaSquareMetres: 1, attributes: {}, changed: false, reNoded: false, locked: false },
    geometry: { type: 'Polygon', coordinates: [[[west, south], [west + 1, south], [west + 1, south + 1], [west, south + 1], [west, south]]] },
  })

test('neighbours share an edge; a common corner, or another level, is none', () => {
  const all = [square(1, 0, 0), square(2, 1, 0), square(3, 1, 1), square(4, 1, 0, 2)]
  expect(neighboursOf(all[0] as PlannedGrid, all).map(({ id }) => id)).toEqual([2])
})

test('an edit takes the place of what was, and what is gone is gone', () => {
  const grids = new Map([square(1, 0, 0), square(2, 1, 0)].map((grid) => [grid.id, grid]))
  const side = { code: 'G1', name: 'New', kind: 'village', parent: null, areaSquareMetres: 2, households: null, attributes: {}, geometry: { type: 'Polygon', coordinates: [[[0, 0], [2, 0], [2, 1], [0, 0]]] } }
  const next = after(grids, [
    { id: 1, code: 'G1', name: 'New', level: 1, change: 'reshaped', before: null, after: side },
    { id: 2, code: 'G2', name: 'G2', level: 1, change: 'removed', before: null, after: null },
  ] as never)
  expect([...next.keys()]).toEqual([1])
  expect(next.get(1)).toMatchObject({ name: 'New', changed: true, reNoded: false, bbox: [0, 0, 2, 1] })
  expect(grids.get(1)?.name).toBe('G1')
  expect(boxAround([...grids.values()])).toEqual([0, 0, 2, 1])
})
