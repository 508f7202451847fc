// @vitest-environment happy-dom
import { effectScope } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ApiProblem } from '../api/problem'
import { useWaiting, type Waiting } from './useWaiting'

const kept = vi.hoisted(() => new Map<string, unknown>())
vi.mock('idb-keyval', () => ({
  createStore: () => null,
  set: (key: string, value: unknown) => Promise.resolve(void kept.set(key, structuredClone(value))),
  del: (key: string) => Promise.resolve(void kept.delete(key)),
  entries: () => Promise.resolve([...kept]),
}))

interface Note extends Waiting {
  text: string
  of: string
}

const again = 15_000
let scope = effectScope()
beforeEach(() => {
  kept.clear()
  vi.useFakeTimers()
  scope = effectScope()
})
afterEach(() => {
  scope.stop()
  vi.useRealTimers()
})

const outbox = (send: (item: Note) => Promise<string>, mine = 'me') => {
  const waiting = scope.run(() => useWaiting<Note, string>('test', 'notes', send, { isMine: ({ of }) => of === mine }))
  if (!waiting) throw new Error('The scope has ended')
  return waiting
}
const note = (text: string, of = 'me') => ({ text, of, photos: [] })

test('what is sent is kept first, and leaves the phone when the service has taken it', async () => {
  const seen: number[] = []
  const { put, waiting } = outbox(async () => {
    seen.push(kept.size)
    return 'taken'
  })
  expect(await put(note('a'))).toBe('taken')
  expect([seen, kept.size, waiting.value]).toEqual([[1], 0, []])
})

test('without an answer it is sent again with the same key until it is taken', async () => {
  const keys: string[] = []
  const { put } = outbox(async ({ key }) => {
    keys.push(key)
    if (keys.length < 3) throw ApiProblem.network(new Error('gone'))
    return 'taken'
  })
  expect(await put(note('a'))).toBeNull()
  await vi.advanceTimersByTimeAsync(3 * again)
  expect(keys.length).toBe(3)
  expect(new Set(keys).size).toBe(1)
  expect(kept.size).toBe(0)
})

test('what the service refuses stays with the reason, and is not tried again by itself', async () => {
  const send = vi.fn<(item: Note) => Promise<string>>().mockRejectedValue(new ApiProblem(400, 'bad_day', 'Bad', 'No such day.'))
  const { put, waiting } = outbox(send)
  await put(note('a'))
  await vi.advanceTimersByTimeAsync(3 * again)
  expect(send).toHaveBeenCalledTimes(1)
  expect(waiting.value.map(({ refused }) => refused)).toEqual(['No such day.'])
})

test('nobody sends what another has written on the same phone', async () => {
  kept.set('k', { key: 'k', at: 1, refused: null, ...note('theirs', 'you') })
  const send = vi.fn<(item: Note) => Promise<string>>().mockResolvedValue('taken')
  outbox(send)
  await vi.advanceTimersByTimeAsync(3 * again)
  expect(send).not.toHaveBeenCalled()
  expect(kept.has('k')).toBe(true)
})
