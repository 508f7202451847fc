import { onScopeDispose, readonly, ref } from 'vue'
import type { Point } from '../api/types'
import { defineShared } from '../app/defineShared'

export interface IssueChanged {
  number: string
  state: string
  category: string
  gridIds: number[]
  code: string | null
  point: Point
  reportedAt: string
  transition: string
}

export interface GenerationPublished {
  number: number
}

export interface ProgressChanged {
  campaign: number
  gridIds: number[]
  code?: string
  day?: string
}

/** Something new in one's own inbox. */
export interface InboxArrived {
  id: number
  kind: string
}

/** Somebody's term on a grid began, ended or changed; told to those who see the grid's people. */
export interface DutyChanged {
  duty: number
  code: string | null
  role: string
}

/** A plan was edited, or its edits were taken back; told to planners. */
export interface PlanChanged {
  plan: number
  version: number
  by: string
  /** Something was said; the plan itself is as it was. */
  comment?: boolean
}

interface Kinds {
  issue: IssueChanged
  progress: ProgressChanged
  generation: GenerationPublished
  inbox: InboxArrived
  duty: DutyChanged
  plan: PlanChanged
}

export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'offline'

const firstRetry = 1_000
const longestRetry = 30_000

/**
 * The stream of server-sent events. The browser itself resumes a broken stream with Last-Event-ID; only when it
 * gives up (an answer that is no stream) is a new one opened here, after a pause that doubles up to half a minute.
 * `onResume` fires when the stream is back after a break, or when the service says that it no longer holds all that was
 * missed.
 */
export function createEvents(open: () => EventSource = () => new EventSource('/api/v1/events')) {
  const state = ref<LiveState>('connecting')
  const listeners: { [K in keyof Kinds]: Set<(data: Kinds[K]) => void> } = { issue: new Set(), progress: new Set(), generation: new Set(), inbox: new Set(), duty: new Set(), plan: new Set() }
  const resumed = new Set<() => void>()
  let source: EventSource | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let pause = firstRetry
  let broken = false

  function hear<K extends keyof Kinds>(kind: K, event: MessageEvent<string>): void {
    const data = JSON.parse(event.data) as Kinds[K]
    for (const listener of listeners[kind]) listener(data)
  }

  function connect(): void {
    clearTimeout(timer)
    source?.close()
    source = open()
    source.addEventListener('issue', (event) => hear('issue', event))
    source.addEventListener('progress', (event) => hear('progress', event))
    source.addEventListener('generation', (event) => hear('generation', event))
    source.addEventListener('inbox', (event) => hear('inbox', event))
    source.addEventListener('duty', (event) => hear('duty', event))
    source.addEventListener('plan', (event) => hear('plan', event))
    source.addEventListener('reset', missed)
    source.addEventListener('open', opened)
    source.addEventListener('error', failed)
  }

  /** Another person listens from now on: what is told depends on who asks. */
  function restart(): void {
    pause = firstRetry
    connect()
  }

  function opened(): void {
    state.value = 'live'
    pause = firstRetry
    if (broken) missed()
    broken = false
  }

  /** The stream is whole again, but more may have happened than was told: load anew. */
  function missed(): void {
    for (const listener of resumed) listener()
  }

  function failed(): void {
    broken = true
    state.value = navigator.onLine ? 'reconnecting' : 'offline'
    if (source?.readyState !== EventSource.CLOSED) return
    timer = setTimeout(connect, pause)
    pause = Math.min(pause * 2, longestRetry)
  }

  function wentOffline(): void {
    broken = true
    state.value = 'offline'
  }

  function cameOnline(): void {
    state.value = 'reconnecting'
    connect()
  }

  function on<K extends keyof Kinds>(kind: K, listener: (data: Kinds[K]) => void): void {
    listeners[kind].add(listener)
    onScopeDispose(() => listeners[kind].delete(listener))
  }

  function onResume(listener: () => void): void {
    resumed.add(listener)
    onScopeDispose(() => resumed.delete(listener))
  }

  addEventListener('offline', wentOffline)
  addEventListener('online', cameOnline)
  connect()
  onScopeDispose(() => {
    removeEventListener('offline', wentOffline)
    removeEventListener('online', cameOnline)
    clearTimeout(timer)
    source?.close()
  })
  return { state: readonly(state), on, onResume, restart }
}

export const [provideEvents, useEvents] = defineShared('events', () => createEvents())
