// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { ScheduleBook, type WireEntry } from './scheduleBook'
import { useSaving } from './useSaving'

const week = '2026-11-16'
const entry = (grid: string, quantity: number): WireEntry => ({ grid, item: 'heaps', week, quantity, goal: '', version: 1 })
const typed = (grid: string, amount: number) => ({ grid, item: 'heaps', week, amount })
let book: ScheduleBook
let scope = effectScope()
beforeEach(() => {
  scope = effectScope()
  book = new ScheduleBook([{ code: 'A', parent: null }, { code: 'B', parent: null }], ['heaps'])
  book.read([entry('A', 5), entry('B', 7)])
})
afterEach(() => {
  scope.stop()
  vi.unstubAllGlobals()
})

/** A service that lets plan for grid A and nowhere else. */
function saving() {
  vi.stubGlobal('fetch', async (request: Request) => {
    const entries = (await request.json()) as WireEntry[]
    if (entries.some(({ grid }) => grid !== 'A')) return Response.json({ status: 403, title: 'Forbidden', code: 'out_of_reach', detail: 'Grid B' }, { status: 403 })
    return Response.json(entries.map((one) => ({ ...one, version: one.version + 1 })))
  })
  return scope.run(() => useSaving(() => 1, () => book, () => Promise.resolve(), () => undefined))
}

test('what lies beyond reach alone is told, is as it was, and nothing says that it was saved', async () => {
  const { state, savedAt, refused, soon } = saving() ?? never()
  book.change([typed('B', 77_000)])
  soon(0)
  await expect.poll(() => refused.value).toEqual({ grids: ['B'], cells: 1 })
  await expect.poll(() => state.value).toBe('still')
  expect([savedAt.value, book.amount('B', 'heaps', week), book.unsaved]).toEqual([null, 7_000, 0])
})

test('the rest of a block is saved', async () => {
  const { state, refused, soon } = saving() ?? never()
  book.change([typed('A', 6_000), typed('B', 77_000)])
  soon(0)
  await expect.poll(() => state.value).toBe('saved')
  expect(refused.value).toEqual({ grids: ['B'], cells: 1 })
  expect([book.amount('A', 'heaps', week), book.amount('B', 'heaps', week)]).toEqual([6_000, 7_000])
})

function never(): never {
  throw new Error('The scope was stopped.')
}
