import { effectScope, nextTick, ref, type EffectScope, type WatchSource } from 'vue'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ApiProblem } from './problem'
import { useLoad } from './useLoad'

let scope: EffectScope
beforeEach(() => (scope = effectScope()))
afterEach(() => scope.stop())

function load<Q, T>(question: WatchSource<Q | null>, fetcher: (question: Q, signal: AbortSignal) => Promise<T>) {
  const loaded = scope.run(() => useLoad(question, fetcher))
  if (!loaded) throw new Error('The scope has ended')
  return loaded
}

const settle = () => new Promise((resolve) => setTimeout(resolve))

test('an answer that comes late does not overwrite the newer one', async () => {
  const waiting = new Map<string, (answer: string) => void>()
  const question = ref<string | null>('first')
  const loaded = load(question, (q) => new Promise<string>((resolve) => waiting.set(q, resolve)))
  question.value = 'second'
  await nextTick()
  waiting.get('second')?.('answer 2')
  await settle()
  waiting.get('first')?.('answer 1')
  await settle()
  expect(loaded.data.value).toBe('answer 2')
  expect(loaded.loading.value).toBe(false)
})

test('a failure is kept as a problem and a retry clears it', async () => {
  let fail = true
  const loaded = load(ref('x'), async () => {
    if (fail) throw new ApiProblem(503, 'snapshot_loading', 'Not yet')
    return 7
  })
  await settle()
  expect(loaded.problem.value?.code).toBe('snapshot_loading')
  fail = false
  await loaded.reload()
  expect(loaded.problem.value).toBeNull()
  expect(loaded.data.value).toBe(7)
})

test('the end of the scope cancels the call', async () => {
  let signal: AbortSignal | undefined
  load(ref('x'), (_, s) => {
    signal = s
    return new Promise(() => {})
  })
  await settle()
  expect(signal?.aborted).toBe(false)
  scope.stop()
  expect(signal?.aborted).toBe(true)
})

test('no question empties the data', async () => {
  const question = ref<number | null>(1)
  const loaded = load(question, async (q) => q)
  await settle()
  expect(loaded.data.value).toBe(1)
  question.value = null
  await settle()
  expect(loaded.data.value).toBeNull()
})
