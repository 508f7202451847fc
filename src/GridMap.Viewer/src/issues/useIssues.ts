import { computed, reactive, ref, shallowRef, triggerRef, watch } from 'vue'
import { api, take, takeAll } from '../api/client'
import type { IssueListItem } from '../api/types'
import { useLoad } from '../api/useLoad'
import { defineShared } from '../app/defineShared'
import { useEvents, type IssueChanged } from '../events/useEvents'
import { issueStates, shownState, type IssueState } from './counts'

/** More points than this are not drawn one by one; the map says so. */
const most = 20_000
const page = 1_000

/** The part of an issue that the map draws. */
export interface IssueMark extends Pick<IssueListItem, 'number' | 'category' | 'overdue' | 'point'> {
  state: IssueState
}

/**
 * The issues as points: loaded once in pages, then kept by events, so that a report is on the map as soon as it is
 * told. What was missed while the stream was broken comes with a fresh load.
 */
export const [provideIssues, useIssues] = defineShared('issues', () => {
  const { on, onResume } = useEvents()
  const marks = shallowRef(new Map<string, IssueMark>())
  const arrived = shallowRef<IssueChanged | null>(null)
  const shown = reactive<Record<IssueState, boolean>>(Object.fromEntries(issueStates.map((s) => [s, s !== 'writtenOff'])) as Record<IssueState, boolean>)
  /** Events that came while the pages were on their way are newer than the pages. */
  const sinceAsked = new Map<string, IssueChanged>()

  const load = useLoad(ref(true), (_, signal) => {
    sinceAsked.clear()
    return takeAll((cursor) => take(api.GET('/api/v1/issues', { params: { query: { limit: page, cursor } }, signal })), most)
  })

  function apply(event: IssueChanged): void {
    const before = marks.value.get(event.number)
    const state = shownState(event.state)
    const overdue = state !== 'writtenOff' && (before?.overdue ?? false)
    marks.value.set(event.number, { number: event.number, category: event.category, state, overdue, point: event.point })
  }

  watch(load.data, (loaded) => {
    if (!loaded) return
    marks.value = new Map(loaded.items.map((issue) => [issue.number, { ...issue, state: shownState(issue.state) }]))
    for (const event of sinceAsked.values()) apply(event)
    triggerRef(marks)
  })

  on('issue', (event) => {
    sinceAsked.set(event.number, event)
    apply(event)
    triggerRef(marks)
    arrived.value = event
  })
  on('generation', () => void load.reload())
  onResume(() => void load.reload())

  return {
    marks,
    arrived,
    shown,
    complete: computed(() => load.data.value?.complete ?? true),
    problem: load.problem,
    reload: load.reload,
  }
})
