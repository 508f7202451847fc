import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { api, take } from '../api/client'
import { ApiProblem } from '../api/problem'
import type { ScheduleBook, WireEntry } from './scheduleBook'

/** What is typed within so many milliseconds is one request; a block is one anyway. */
const debounce = 120
/** Entries of one request. */
const most = 2000
/** Somebody else may be faster again and again; not for ever. */
const mostConflicts = 20
const firstRetry = 2_000
const longestRetry = 30_000

export type SaveState = 'still' | 'saving' | 'saved' | 'failed'

/**
 * Stores what the book holds: one request at a time, what is typed meanwhile goes with the next. A conflict stores the other cells; what
 * lies beyond one's reach is told and given up; everything else waits and is tried again.
 */
export function useSaving(campaign: () => number, book: () => ScheduleBook | null, reread: (grids: readonly string[]) => Promise<void>, changed: () => void) {
  const running = ref(false)
  const savedAt = ref<number | null>(null)
  const problem = shallowRef<ApiProblem | null>(null)
  /** Grids that one may not plan for, as they were refused last. */
  const refused = shallowRef<{ grids: readonly string[]; cells: number } | null>(null)
  const state = computed<SaveState>(() => (problem.value ? 'failed' : running.value ? 'saving' : savedAt.value !== null ? 'saved' : 'still'))
  let timer: ReturnType<typeof setTimeout> | undefined
  let pause = firstRetry

  function soon(wait = debounce): void {
    if (!problem.value) running.value = true
    clearTimeout(timer)
    timer = setTimeout(() => void run(), wait)
  }

  let busy = false
  async function run(): Promise<void> {
    if (busy) return
    busy = true
    running.value = true
    try {
      let conflicts = 0
      for (let now = book(); now?.hasWaiting; ) if (!(await sendOnce(now, now.send(most))) && ++conflicts > mostConflicts) throw new ApiProblem(409, 'changed_meanwhile', '')
      problem.value = null
      pause = firstRetry
    } catch (error) {
      book()?.failed()
      problem.value = error instanceof ApiProblem ? error : ApiProblem.network(error)
      // A refusal stays one until somebody does something about it; a line that broke comes back.
      if (problem.value.status === 0 || problem.value.status >= 500 || problem.value.status === 429) {
        timer = setTimeout(() => void run(), pause)
        pause = Math.min(pause * 2, longestRetry)
      }
    }
    busy = running.value = false
    changed()
    if (!problem.value && book()?.hasWaiting) soon()
  }

  async function put(entries: WireEntry[]): Promise<WireEntry[]> {
    const stored = await take(api.PUT('/api/v1/campaigns/{id}/schedule', { params: { path: { id: campaign() } }, body: entries }))
    savedAt.value = Date.now()
    return stored
  }

  /** Whether it was stored as it was sent. */
  async function sendOnce(now: ScheduleBook, entries: WireEntry[]): Promise<boolean> {
    try {
      now.answered(await put(entries))
      return true
    } catch (error) {
      if (!(error instanceof ApiProblem) || (error.status !== 409 && error.status !== 403)) throw error
      now.failed()
      const grids = [...new Set(entries.flatMap(({ grid }) => grid ?? []))]
      if (error.status === 409) await reread(conflicting(error) ?? grids)
      else await giveUpRefused(now, grids, error)
      return false
    } finally {
      changed()
    }
  }

  const conflicting = ({ more }: ApiProblem): string[] | null =>
    Array.isArray(more['conflicts']) ? [...new Set((more['conflicts'] as WireEntry[]).flatMap(({ grid }) => grid ?? []))] : null

  /** The service refuses a block for one grid of it: each grid is tried alone, and only what is refused is given up. */
  async function giveUpRefused(now: ScheduleBook, grids: readonly string[], problem: ApiProblem): Promise<void> {
    if (problem.code !== 'out_of_reach') throw problem
    const beyond = new Set<string>(grids.length === 1 ? grids : [])
    if (grids.length > 1) for (const grid of grids) {
      const entries = now.send(most, grid)
      if (entries.length === 0) continue
      try {
        now.answered(await put(entries))
      } catch (error) {
        now.failed()
        if (!(error instanceof ApiProblem)) throw error
        if (error.code === 'out_of_reach') beyond.add(grid)
        else if (error.status !== 409) throw error
      }
    }
    refused.value = { grids: [...beyond], cells: now.giveUp(beyond) }
  }

  const online = () => problem.value && soon(0)
  const leaving = (event: BeforeUnloadEvent) => {
    if (book()?.unsaved) event.preventDefault()
  }
  addEventListener('online', online)
  addEventListener('beforeunload', leaving)
  onScopeDispose(() => {
    removeEventListener('online', online)
    removeEventListener('beforeunload', leaving)
    clearTimeout(timer)
    // What was typed last is stored also when one turns to another screen at once.
    void run()
  })

  return { state, savedAt, problem, refused, soon, retry: () => soon(0) }
}
