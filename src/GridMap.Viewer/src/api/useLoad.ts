import { onScopeDispose, readonly, ref, shallowRef, watch, type Ref, type ShallowRef, type WatchSource } from 'vue'
import { ApiProblem, isAbort } from './problem'

export interface Load<T> {
  data: Readonly<ShallowRef<T | null>>
  problem: Readonly<ShallowRef<ApiProblem | null>>
  loading: Readonly<Ref<boolean>>
  reload: () => Promise<void>
}

/**
 * Loads whatever `source` asks for, again whenever it changes; a newer question cancels the older one, so an
 * answer that comes late never overwrites the one that is wanted. `null` as question empties the data.
 * Old data stays while the same question is asked again, and goes when another one is.
 */
export function useLoad<Q, T>(source: WatchSource<Q | null>, fetcher: (question: Q, signal: AbortSignal) => Promise<T>): Load<T> {
  const data = shallowRef<T | null>(null)
  const problem = shallowRef<ApiProblem | null>(null)
  const loading = ref(false)
  let running: AbortController | null = null
  let asked: Q | null = null

  async function run(): Promise<void> {
    running?.abort()
    const question = asked
    if (question === null) {
      running = null
      loading.value = false
      return
    }
    const mine = new AbortController()
    running = mine
    loading.value = true
    try {
      const answer = await fetcher(question, mine.signal)
      if (running !== mine) return
      data.value = answer
      problem.value = null
    } catch (error) {
      if (running !== mine || isAbort(error)) return
      problem.value = error instanceof ApiProblem ? error : ApiProblem.network(error)
    }
    loading.value = false
  }

  watch(
    source,
    (question) => {
      asked = question
      data.value = null
      problem.value = null
      void run()
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    running?.abort()
    running = null
  })
  return { data, problem: readonly(problem) as Readonly<ShallowRef<ApiProblem | null>>, loading: readonly(loading), reload: run }
}
