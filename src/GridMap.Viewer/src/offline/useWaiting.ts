import { createStore, del, entries, set } from 'idb-keyval'
import { onScopeDispose, ref, shallowRef } from 'vue'
import { ApiProblem } from '../api/problem'
import { idempotencyKey } from '../issues/idempotencyKey'

/** What waits in the phone for a network. */
export interface Waiting {
  key: string
  at: number
  photos: Blob[]
  /** Why the service did not take it; it is not tried again by itself. */
  refused: string | null
}

/** What a sending needs beside what every one has. */
export type Content<Item extends Waiting> = Omit<Item, keyof Waiting> & Pick<Item, 'photos'>

const again = 15_000

/** What is wrong with the sending itself stays wrong; all else is tried again. */
export const isFinal = ({ status }: Pick<ApiProblem, 'status'>): boolean => status >= 400 && status < 500 && status !== 409 && status !== 429

/**
 * Sendings that wait for a network. Each is kept before it is sent, and has one key as long as it exists, so that it is one however often it is tried and
 * whatever answer was lost; what the service has taken leaves the phone.
 */
export function useWaiting<Item extends Waiting, Receipt>(
  database: string,
  name: string,
  send: (item: Item) => Promise<Receipt>,
  options: { isFinal?: (problem: ApiProblem) => boolean; isMine?: (item: Item) => boolean; sent?: (item: Item, receipt: Receipt) => void } = {},
) {
  const store = createStore(database, name)
  const waiting = shallowRef<readonly Item[]>([])
  const sending = ref<string | null>(null)
  const final = options.isFinal ?? isFinal
  const isMine = options.isMine ?? (() => true)

  async function load(): Promise<void> {
    waiting.value = (await entries<string, Item>(store)).map(([, each]) => each).sort((a, b) => a.at - b.at)
  }

  async function one(item: Item): Promise<Receipt | null> {
    // Two tabs of one phone send it twice; the key makes that one.
    sending.value = item.key
    try {
      const receipt = await send(item)
      await del(item.key, store)
      options.sent?.(item, receipt)
      return receipt
    } catch (error) {
      const problem = error instanceof ApiProblem ? error : ApiProblem.network(error)
      if (final(problem)) await set(item.key, { ...item, refused: problem.detail ?? problem.message }, store)
      return null
    } finally {
      sending.value = null
      await load()
    }
  }

  async function flush(): Promise<void> {
    if (sending.value !== null || !navigator.onLine) return
    for (const item of waiting.value) if (item.refused === null && isMine(item) && !(await one(item))) return
  }

  /** Keeps it first, then sends it: whatever happens meanwhile, it is there. The receipt when it went at once. */
  async function put(content: Content<Item>): Promise<Receipt | null> {
    const item = { ...content, key: idempotencyKey(), at: Date.now(), refused: null } as unknown as Item
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

  return { waiting, sending, put, discard, retry }
}
