import { computed, onScopeDispose } from 'vue'
import { api, take } from '../api/client'
import type { Duty, DutyCorrection } from '../api/types'
import { useLoad } from '../api/useLoad'
import { useEvents } from '../events/useEvents'

export interface DutyQuestion {
  /** Null: all of one's reach. */
  grid: string | null
  inside: boolean
  /** Those that are over or to come too. */
  all: boolean
}

const most = 5_000
const page = 500
/** A burst of events is one question. */
const quiet = 300

/** The terms of a grid with what was corrected about them, kept by events. */
export function useDuties(question: () => DutyQuestion | null) {
  const { on, onResume } = useEvents()
  const asked = computed(() => {
    const now = question()
    return now && JSON.stringify(now)
  })
  const load = useLoad(asked, async (text, signal) => {
    const { grid, inside, all } = JSON.parse(text) as DutyQuestion
    const items: Duty[] = []
    const corrections = new Map<number, DutyCorrection>()
    let cursor: string | undefined
    do {
      const answer = await take(api.GET('/api/v1/duties', { params: { query: { grid: grid ?? undefined, inside: grid === null ? undefined : inside, all, limit: page, cursor } }, signal, cache: 'no-store' }))
      items.push(...answer.items)
      for (const correction of answer.corrections) corrections.set(correction.id, correction)
      cursor = answer.next ?? undefined
    } while (cursor !== undefined && items.length < most)
    return { items, corrections: [...corrections.values()] }
  })

  let timer: ReturnType<typeof setTimeout> | undefined
  function refreshSoon(): void {
    clearTimeout(timer)
    timer = setTimeout(() => void load.reload(), quiet)
  }
  on('duty', refreshSoon)
  onResume(refreshSoon)
  onScopeDispose(() => clearTimeout(timer))

  return { duties: computed(() => load.data.value?.items ?? null), corrections: computed(() => load.data.value?.corrections ?? []), problem: load.problem, reload: load.reload }
}
