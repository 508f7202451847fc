// @vitest-environment happy-dom
import { effectScope } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createEvents, type IssueChanged } from './useEvents'

class FakeSource extends EventTarget {
  static readonly CONNECTING = 0
  static readonly OPEN = 1
  static readonly CLOSED = 2
  readyState = FakeSource.CONNECTING
  close() {
    this.readyState = FakeSource.CLOSED
  }
  open() {
    this.readyState = FakeSource.OPEN
    this.dispatchEvent(new Event('open'))
  }
  drop() {
    this.readyState = FakeSource.CONNECTING
    this.dispatchEvent(new Event('error'))
  }
  refuse() {
    this.readyState = FakeSource.CLOSED
    this.dispatchEvent(new Event('error'))
  }
  say(kind: string, data: unknown) {
    this.dispatchEvent(new MessageEvent(kind, { data: JSON.stringify(data) }))
  }
}

let sources: FakeSource[]
const last = () => sources.at(-1) as FakeSource

function start() {
  const scope = effectScope()
  const events = scope.run(() =>
    createEvents(() => {
      sources.push(new FakeSource())
      return last() as unknown as EventSource
    }),
  )
  if (!events) throw new Error('no scope')
  return { scope, events }
}

beforeEach(() => {
  sources = []
  vi.useFakeTimers()
  vi.stubGlobal('EventSource', FakeSource)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('says live, reconnecting while the browser resumes, and live again with word of the break', () => {
  const { scope, events } = start()
  const resumed = vi.fn()
  scope.run(() => events.onResume(resumed))
  expect(events.state.value).toBe('connecting')
  last().open()
  expect(events.state.value).toBe('live')
  expect(resumed).not.toHaveBeenCalled()
  last().drop()
  expect(events.state.value).toBe('reconnecting')
  last().open()
  expect(events.state.value).toBe('live')
  expect(resumed).toHaveBeenCalledTimes(1)
  expect(sources).toHaveLength(1)
  scope.stop()
})

test('opens a new stream, ever more patiently, when the browser gave up', () => {
  const { scope } = start()
  last().refuse()
  vi.advanceTimersByTime(999)
  expect(sources).toHaveLength(1)
  vi.advanceTimersByTime(1)
  expect(sources).toHaveLength(2)
  last().refuse()
  vi.advanceTimersByTime(1_999)
  expect(sources).toHaveLength(2)
  vi.advanceTimersByTime(1)
  expect(sources).toHaveLength(3)
  scope.stop()
})

test('hands events to those who listen, until their scope ends', () => {
  const { scope, events } = start()
  const heard: IssueChanged[] = []
  const inner = effectScope()
  inner.run(() => events.on('issue', (issue) => heard.push(issue)))
  last().say('issue', { number: 'A1' })
  inner.stop()
  last().say('issue', { number: 'A2' })
  expect(heard.map((issue) => issue.number)).toEqual(['A1'])
  scope.stop()
})

test('a reset by the service counts as a break', () => {
  const { scope, events } = start()
  const resumed = vi.fn()
  scope.run(() => events.onResume(resumed))
  last().open()
  last().say('reset', {})
  expect(resumed).toHaveBeenCalledTimes(1)
  scope.stop()
})

test('undoes all it added: no stream, no timer, no window listener', () => {
  const { scope } = start()
  last().refuse()
  scope.stop()
  vi.advanceTimersByTime(60_000)
  dispatchEvent(new Event('online'))
  expect(sources).toHaveLength(1)
})
