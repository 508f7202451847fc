import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { api, take } from '../api/client'
import { ApiProblem, isAbort } from '../api/problem'
import type { AuditEntry } from '../api/types'

export interface AuditQuestion {
  who?: string | undefined
  action?: string | undefined
  grid?: string | undefined
  outcome?: 'done' | 'refused' | undefined
  from?: string | undefined
  to?: string | undefined
}

const page = 100

/** Entries, newest first, a page at a time; another question begins anew. */
export function useAudit(question: () => AuditQuestion) {
  const entries = shallowRef<AuditEntry[] | null>(null)
  const problem = shallowRef<ApiProblem | null>(null)
  const next = ref<string | null>(null)
  let running: AbortController | null = null

  async function load(cursor?: string): Promise<void> {
    running?.abort()
    const mine = (running = new AbortController())
    try {
      const answer = await take(api.GET('/api/v1/audit', { params: { query: { ...question(), limit: page, cursor } }, signal: mine.signal, cache: 'no-store' }))
      if (running !== mine) return
      entries.value = cursor === undefined ? answer.items : [...(entries.value ?? []), ...answer.items]
      next.value = answer.next ?? null
      problem.value = null
    } catch (error) {
      if (running !== mine || isAbort(error)) return
      problem.value = error instanceof ApiProblem ? error : ApiProblem.network(error)
    }
  }

  watch(
    () => JSON.stringify(question()),
    () => {
      entries.value = null
      problem.value = null
      void load()
    },
    { immediate: true },
  )
  onScopeDispose(() => running?.abort())
  return { entries, problem, next, reload: () => load(), more: () => (next.value === null ? Promise.resolve() : load(next.value)) }
}
