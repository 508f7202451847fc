// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { effectScope } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useSurveyOutbox } from './useSurveyOutbox'

const body = { k: null, grid: null, lon: null, lat: null, crs: null, answers: [{ item: 1, value: 8 }] }
const kept = 'gridmap.survey.waiting.abc.'
let keys: (string | null)[] = []
let answer: () => Response | Promise<Response>

beforeEach(() => {
  localStorage.clear()
  keys = []
  vi.stubGlobal('fetch', (request: Request) => {
    keys.push(request.headers.get('Idempotency-Key'))
    return Promise.resolve(answer())
  })
})
afterEach(() => vi.unstubAllGlobals())

const received = () => Response.json({ code: 'abc', gridName: null, resultsPublic: false }, { status: 201 })
const refused = (status: number, code: string) => Response.json({ title: 'x', status, code }, { status })

function open() {
  const scope = effectScope()
  const outbox = scope.run(() => useSurveyOutbox('abc', 'abc.')) as ReturnType<typeof useSurveyOutbox>
  return { outbox, end: () => scope.stop() }
}

test('an answer that was lost on the way is tried with the same key, also by the next page, and then leaves the phone', async () => {
  answer = () => Promise.reject(new TypeError('lost'))
  const first = open()
  await first.outbox.put(body)
  expect(first.outbox.waiting.value?.body).toEqual(body)
  expect(localStorage.getItem(kept)).not.toBeNull()
  first.end()

  answer = () => refused(503, 'busy')
  const second = open()
  await flushPromises()
  expect(second.outbox.waiting.value).not.toBeNull()
  answer = received
  await second.outbox.flush()
  second.end()
  expect(second.outbox.receipt.value?.code).toBe('abc')
  expect(localStorage.getItem(kept)).toBeNull()
  expect(keys).toHaveLength(3)
  expect(new Set(keys).size).toBe(1)
})

test('what the service refuses is told and not tried again; another answer has another key', async () => {
  answer = () => refused(409, 'already_answered')
  const { outbox, end } = open()
  await outbox.put(body)
  expect(outbox.refusal.value?.code).toBe('already_answered')
  expect(outbox.waiting.value).toBeNull()
  answer = received
  await outbox.put(body)
  expect(outbox.refusal.value).toBeNull()
  expect(new Set(keys).size).toBe(2)
  end()
})

test('a first sending that is still being worked on is waited for', async () => {
  answer = () => refused(409, 'still_running')
  const { outbox, end } = open()
  await outbox.put(body)
  expect(outbox.waiting.value).not.toBeNull()
  expect(outbox.refusal.value).toBeNull()
  end()
})
