import { onScopeDispose, ref, shallowRef } from 'vue'
import { api, take } from '../api/client'
import { ApiProblem } from '../api/problem'
import type { SurveyReceipt, SurveyReplyBody } from '../api/types'
import { idempotencyKey } from '../issues/idempotencyKey'

/** An answer that waits in the phone. */
interface Waiting {
  key: string
  body: SurveyReplyBody
}

const again = 15_000

/** One answer to one survey: kept in the phone with its key before it is sent, so that it is one answer whatever was lost on the way. */
export function useSurveyOutbox(code: string, place: string) {
  const kept = `gridmap.survey.waiting.${place}`
  const stored = localStorage.getItem(kept)
  const waiting = shallowRef<Waiting | null>(stored === null ? null : (JSON.parse(stored) as Waiting))
  const receipt = shallowRef<SurveyReceipt | null>(null)
  const refusal = shallowRef<ApiProblem | null>(null)
  const sending = ref(false)

  function keep(item: Waiting | null): void {
    waiting.value = item
    if (item) localStorage.setItem(kept, JSON.stringify(item))
    else localStorage.removeItem(kept)
  }

  async function flush(): Promise<void> {
    const item = waiting.value
    if (!item || sending.value) return
    sending.value = true
    try {
      receipt.value = await take(api.POST('/api/v1/surveys/{code}/answers', { params: { path: { code }, header: { 'Idempotency-Key': item.key } }, body: item.body }))
      keep(null)
    } catch (error) {
      const problem = error instanceof ApiProblem ? error : ApiProblem.network(error)
      // What is wrong with the answer itself stays wrong; all else is tried again.
      if (problem.status >= 400 && problem.status < 500 && problem.code !== 'still_running' && problem.status !== 429) {
        refusal.value = problem
        keep(null)
      }
    } finally {
      sending.value = false
    }
  }

  async function put(body: SurveyReplyBody): Promise<void> {
    refusal.value = null
    keep({ key: idempotencyKey(), body })
    if (navigator.onLine) await flush()
  }

  const timer = setInterval(() => navigator.onLine && void flush(), again)
  const online = () => void flush()
  addEventListener('online', online)
  onScopeDispose(() => {
    clearInterval(timer)
    removeEventListener('online', online)
  })
  if (navigator.onLine) void flush()

  return { waiting, receipt, refusal, sending, put, flush }
}
