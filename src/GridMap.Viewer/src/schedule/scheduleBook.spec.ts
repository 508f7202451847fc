import { beforeEach, expect, test } from 'vitest'
import { ScheduleBook, keyOf, type WireEntry } from './scheduleBook'

const week = '2026-11-16'
const grids = [
  { code: 'T', parent: null },
  { code: 'V', parent: 'T' },
  { code: 'A', parent: 'V' },
  { code: 'B', parent: 'V' },
]
const entry = (grid: string, quantity: number, version = 1, goal: string | null = '', item = 'heaps'): WireEntry => ({ grid, item, week, quantity, goal, version })
const typed = (grid: string, amount: number, item = 'heaps') => ({ grid, item, week, amount })
let book: ScheduleBook
beforeEach(() => {
  book = new ScheduleBook(grids, ['heaps', 'sheds'])
  book.read([entry('A', 5), entry('B', 0.125)])
})

test('sums of parents follow what is read and what is typed, exactly', () => {
  expect(book.inside('V', 'heaps', week)).toBe(5_125)
  book.change([typed('A', 7_001)])
  expect([book.inside('V', 'heaps', week), book.inside('T', 'heaps', week)]).toEqual([7_126, 7_126])
  book.read([entry('B', 2, 2)])
  expect(book.inside('T', 'heaps', week)).toBe(9_001)
  book.readDone([{ grid: 'A', item: 'heaps', week, done: 0.1 }, { grid: 'B', item: 'heaps', week, done: 0.2 }])
  expect(book.doneOf('T', 'heaps', week)).toBe(300)
})

test('what was typed is sent once, with the version it was read at, and is stored by the answer', () => {
  book.change([typed('A', 9_000), typed('B', 125)])
  expect(book.send(100)).toEqual([entry('A', 9, 1, null)])
  expect(book.send(100)).toEqual([])
  expect(book.unsaved).toBe(1)
  book.answered([entry('A', 9, 2, null)])
  expect(book.unsaved).toBe(0)
  book.change([typed('A', 10_000)])
  expect(book.send(100)[0]?.version).toBe(2)
})

test('typed over while it is on its way, the newer value is sent after the answer', () => {
  book.change([typed('A', 6_000)])
  book.send(100)
  book.change([typed('A', 7_000)])
  expect(book.send(100)).toEqual([])
  book.answered([entry('A', 6, 2, null)])
  expect(book.amount('A', 'heaps', week)).toBe(7_000)
  expect(book.send(100)).toEqual([entry('A', 7, 2, null)])
})

test('when sending fails all waits again, and what was typed since is kept', () => {
  book.change([typed('A', 6_000), typed('B', 1_000)])
  book.send(100)
  book.change([typed('A', 7_000)])
  book.failed()
  expect(book.send(100).map(({ grid, quantity }) => `${grid} ${quantity}`).sort()).toEqual(['A 7', 'B 1'])
})

test('what somebody else changed while it was typed is a conflict, both values are kept, the other cells go on', () => {
  book.change([typed('A', 6_000), typed('B', 1_000)])
  book.send(100)
  book.failed()
  book.read([entry('A', 5.5, 2)])
  expect(book.conflicts.get(keyOf('A', 'heaps', week))).toEqual({ change: typed('A', 6_000), theirs: { amount: 5_500, goal: '' } })
  expect(book.amount('A', 'heaps', week)).toBe(5_500)
  expect(book.inside('V', 'heaps', week)).toBe(6_500)
  expect(book.send(100)).toEqual([entry('B', 1, 1, null)])
  book.resolve(keyOf('A', 'heaps', week), 'mine')
  expect(book.conflicts.size).toBe(0)
  book.answered([entry('B', 1, 2, null)])
  expect(book.send(100)).toEqual([entry('A', 6, 2, null)])
})

test('theirs holds: nothing is sent', () => {
  book.change([typed('A', 6_000)])
  book.read([entry('A', 5.5, 2)])
  book.resolve(keyOf('A', 'heaps', week), 'theirs')
  expect([book.amount('A', 'heaps', week), book.conflicts.size, book.unsaved]).toEqual([5_500, 0, 0])
})

test('the same value by both, and a version that moved for a goal alone, are no conflict', () => {
  book.change([typed('A', 6_000)])
  book.read([entry('A', 5, 2, '清零')])
  expect(book.conflicts.size).toBe(0)
  expect(book.send(100)).toEqual([entry('A', 6, 2, null)])
  book.failed()
  book.read([entry('A', 6, 3, '清零')])
  expect(book.conflicts.size).toBe(0)
})

test('the own echo that comes before the answer is no conflict', () => {
  book.change([typed('A', 6_000)])
  book.send(100)
  book.change([typed('A', 7_000)])
  book.read([entry('A', 6, 2)])
  expect([book.conflicts.size, book.amount('A', 'heaps', week)]).toEqual([0, 7_000])
  book.answered([entry('A', 6, 2, null)])
  expect(book.send(100)).toEqual([entry('A', 7, 2, null)])
})

test('who was faster than what was still being typed is asked about', () => {
  book.read([entry('A', 55, 2)])
  expect(book.change([{ ...typed('A', 77_000), seen: 5_000 }])).toHaveLength(1)
  expect([...book.conflicts.values()]).toEqual([{ change: typed('A', 77_000), theirs: { amount: 55_000, goal: '' } }])
  expect([book.hasWaiting, book.amount('A', 'heaps', week)]).toEqual([false, 55_000])
  book.resolve([...book.conflicts.keys()][0] ?? '', 'mine')
  expect(book.send(100)).toEqual([entry('A', 77, 2, null)])
})

test('what was read of somebody else while mine was on its way is a conflict when mine is refused', () => {
  book.change([typed('A', 77_000)])
  book.send(100)
  book.read([entry('A', 55, 2)])
  book.failed()
  book.read([entry('A', 55, 2)])
  expect([...book.conflicts.values()]).toEqual([{ change: typed('A', 77_000), theirs: { amount: 55_000, goal: '' } }])
  expect(book.hasWaiting).toBe(false)
})

test('what one typed oneself a moment ago is nobody else', () => {
  book.change([{ ...typed('A', 6_000), seen: 5_000 }])
  book.send(100)
  book.change([{ ...typed('A', 7_000), seen: 6_000 }])
  expect(book.conflicts.size).toBe(0)
  book.answered([entry('A', 6, 2)])
  book.change([{ ...typed('A', 8_000), seen: 7_000 }])
  expect([book.conflicts.size, book.amount('A', 'heaps', week)]).toEqual([0, 8_000])
})

test('an older answer does not undo a newer one', () => {
  book.read([entry('A', 8, 3)])
  book.read([entry('A', 5, 2)])
  expect(book.amount('A', 'heaps', week)).toBe(8_000)
})

test('a goal is of the grid and week, and its change moves the versions of the items beside', () => {
  book.read([entry('A', 1, 1, '', 'sheds')])
  book.change([{ grid: 'A', item: book.carrier('A', week, 'sheds'), week, goal: '清零' }])
  expect(book.goal('A', week)).toBe('清零')
  expect(book.send(100)).toEqual([entry('A', 5, 1, '清零')])
  book.answered([entry('A', 5, 3, '清零'), entry('A', 1, 2, '清零', 'sheds')])
  book.change([typed('A', 2_000, 'sheds')])
  expect(book.send(100)).toEqual([entry('A', 2, 2, null, 'sheds')])
  expect(book.goal('A', week)).toBe('清零')
})

test('what may not be stored is given up, and the sums with it', () => {
  book.change([typed('A', 6_000), typed('B', 1_000)])
  expect(book.giveUp(new Set(['A']))).toBe(1)
  expect([book.amount('A', 'heaps', week), book.inside('V', 'heaps', week), book.unsaved]).toEqual([5_000, 6_000, 1])
})

test('each grid whose figures changed is told, with those round it', () => {
  const told: string[] = []
  const watched = new ScheduleBook(grids, ['heaps'], (grid) => told.push(grid))
  watched.change([typed('B', 1_000)])
  expect([...new Set(told)]).toEqual(['B', 'V', 'T'])
})
