import { expect, test } from 'vitest'
import { EditHistory } from './editHistory'
import type { CellChange } from './scheduleBook'

const cell = (grid: string, amount: number): CellChange => ({ grid, item: 'heaps', week: '2026-11-16', amount })

test('an edit is taken back and repeated whole', () => {
  const history = new EditHistory()
  const held = new Map([['A', 2], ['B', 3]])
  const now = (one: CellChange) => cell(one.grid, held.get(one.grid) ?? 0)
  history.add([cell('A', 0), cell('B', 1)], [cell('A', 2), cell('B', 3)])
  const back = history.undo(now)
  expect(back).toEqual({ changes: [cell('A', 0), cell('B', 1)], left: 0 })
  for (const { grid, amount } of back?.changes ?? []) held.set(grid, amount ?? 0)
  expect(history.undo(now)).toBeNull()
  expect(history.redo(now)).toEqual({ changes: [cell('A', 2), cell('B', 3)], left: 0 })
})

test('a cell that somebody else changed since is left as it is', () => {
  const history = new EditHistory()
  history.add([cell('A', 0), cell('B', 1)], [cell('A', 2), cell('B', 3)])
  expect(history.undo(({ grid }) => cell(grid, grid === 'A' ? 2 : 99))).toEqual({ changes: [cell('A', 0)], left: 1 })
})

test('a new edit forgets what was taken back', () => {
  const history = new EditHistory()
  history.add([cell('A', 0)], [cell('A', 2)])
  history.undo(() => cell('A', 2))
  history.add([cell('A', 0)], [cell('A', 5)])
  expect([history.canUndo, history.canRedo]).toEqual([true, false])
})
