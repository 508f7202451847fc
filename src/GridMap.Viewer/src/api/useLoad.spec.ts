import { effectScope, nextTick, ref } from 'vue'
import { expect, test } from 'vitest'
import { ApiProblem } from './problem'
import { useLoad } from './useLoad'

const settle = () => new Promise((resolve) => setTimeout(resolve))

test('an answer that comes late does not overwrite the newer one', async () => {
  const waiting = new Map<string, (answer: string) => void>()
  const question = ref<string | null>('first')
  const load = useLoad(question, (q) => new Promise<string>((resolve) => waiting.set(q, resolve)))
  question.value = 'second'
  await nextTick()
  waiting.get('second')?.('answer 2')
  await settle()
  waiting.get('first')?.('answer 1')
  await settle()
  expect(load.data.value).toBe('answer 2')
  expect(load.loading.value).toBe(false)
})

test('a failure is kept as a problem and a retry clears it', async () => {
  let fail = true
  const load = useLoad(ref('x'), async () => {
    if (fail) throw new ApiProblem(503, 'snapshot_loading', 'Not yet')
    return 7
  })
  await settle()
  expect(load.problem.value?.code).toBe('snapshot_loading')
  fail = false
  await load.reload()
  expect(load.problem.value).toBeNull()
  expect(load.data.value).toBe(7)
})

test('the end of the scope cancels the call', async () => {
  let signal: AbortSignal | undefined
  const scope = effectScope()
  scope.run(() =>
    useLoad(ref('x'), (_, s) => {
      signal = s
      return new Promise(() => {})
    }),
  )
  await settle()
  expect(signal?.aborted).toBe(false)
  scope.stop()
  expect(signal?.aborted).toBe(true)
})

test('no question empties the data', async () => {
  const question = ref<number | null>(1)
  const load = useLoad(question, async (q) => q)
  await settle()
  expect(load.data.value).toBe(1)
  question.value = null
  await settle()
  expect(load.data.value).toBeNull()
})
