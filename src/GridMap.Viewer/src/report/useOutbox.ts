import { createStore, del, entries, set } from 'idb-keyval'
import { onScopeDispose, ref, shallowRef } from 'vue'
import { take } from '../api/client'
import { ApiProblem } from '../api/problem'
import type { IssueReceipt, IssueReport } from '../api/types'
import { idempotencyKey } from '../issues/idempotencyKey'
import { postReport } from '../issues/postReport'

/** A report that waits in the phone. */
export interface Waiting {
  key: string
  at: number
  report: IssueReport
  photos: Blob[]
  /** Why the service did not take it; it is not tried again by itself. */
  refused: string | null
}

/** What was reported from this phone, with the link to follow it. */
export interface Sent {
  number: string
  track: string
  category: string
  at: number
}

const kept = 'gridmap.reports'
const mostKept = 30
const again = 15_000

/**
 * Reports that wait for a network. Each has one key as long as it exists, so that it is one issue however often it is tried and whatever answer was lost;
 * what the service has answered leaves the phone.
 */
export function useOutbox() {
  const store = createStore('gridmap', 'reports')
  const waiting = shallowRef<readonly Waiting[]>([])
  const sent = shallowRef<readonly Sent[]>(JSON.parse(localStorage.getItem(kept) ?? '[]') as Sent[])
  const sending = ref<string | null>(null)

  async function load(): Promise<void> {
    waiting.value = (await entries<string, Waiting>(store)).map(([, each]) => each).sort((a, b) => a.at - b.at)
  }

  async function one(item: Waiting): Promise<IssueReceipt | null> {
    // Two tabs of one phone send it twice; the key makes that one issue.
    sending.value = item.key
    try {
      const receipt = await take(postReport(item.report, item.photos, item.key))
      await del(item.key, store)
      sent.value = [{ number: receipt.number, track: receipt.track ?? '', category: item.report.category ?? '', at: Date.now() }, ...sent.value].slice(0, mostKept)
      localStorage.setItem(kept, JSON.stringify(sent.value))
      return receipt
    } catch (error) {
      const problem = error instanceof ApiProblem ? error : ApiProblem.network(error)
      // What is wrong with the report itself stays wrong; all else is tried again.
      if (problem.status >= 400 && problem.status < 500 && problem.status !== 409 && problem.status !== 429) await set(item.key, { ...item, refused: problem.detail ?? problem.message }, store)
      return null
    } finally {
      sending.value = null
      await load()
    }
  }

  async function flush(): Promise<void> {
    if (sending.value !== null || !navigator.onLine) return
    for (const item of waiting.value) if (item.refused === null && !(await one(item))) return
  }

  /** Keeps a report first, then sends it: whatever happens meanwhile, it is there. The receipt when it went at once. */
  async function put(report: IssueReport, photos: Blob[]): Promise<IssueReceipt | null> {
    const item: Waiting = { key: idempotencyKey(), at: Date.now(), report, photos, refused: null }
    await set(item.key, item, store)
    await load()
    return navigator.onLine ? one(item) : null
  }

  async function discard(key: string): Promise<void> {
    await del(key, store)
    await load()
  }

  const retry = async (key: string): Promise<void> => {
    const item = waiting.value.find((each) => each.key === key)
    if (item && sending.value === null) await one({ ...item, refused: null })
  }

  const timer = setInterval(() => void flush(), again)
  const online = () => void flush()
  addEventListener('online', online)
  onScopeDispose(() => {
    clearInterval(timer)
    removeEventListener('online', online)
  })
  void load().then(flush)

  return { waiting, sent, sending, put, discard, retry }
}

export type Outbox = ReturnType<typeof useOutbox>
