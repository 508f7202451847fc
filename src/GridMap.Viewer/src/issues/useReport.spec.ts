// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useReport } from './useReport'

const point = { lon: 113.1, lat: 22.9 }
const receipt = { number: 'D1', state: 'reported', generation: 1, chain: [], responsible: [], dueAt: '2026-01-01T00:00:00Z', assigned: true }
let requests: { key: string | null; type: string; body: string | FormData }[]
let answer: () => Response

beforeEach(() => {
  requests = []
  answer = () => Response.json(receipt, { status: 201 })
  vi.stubGlobal('fetch', async (request: Request) => {
    const type = request.headers.get('Content-Type') ?? ''
    requests.push({ key: request.headers.get('Idempotency-Key'), type, body: type.includes('json') ? await request.text() : await request.formData() })
    return answer()
  })
})
afterEach(() => vi.unstubAllGlobals())

test('a report goes out as JSON, blank text as none', async () => {
  const report = useReport()
  report.draft.category = 'rubbish'
  report.draft.description = '  '
  await report.send(point, null)
  expect(JSON.parse(String(requests[0]?.body))).toEqual({ category: 'rubbish', ...point, crs: null, accuracy: null, description: null, contact: null })
  expect(report.receipt.value?.number).toBe('D1')
})

test('a retry of the same content carries the same key; other content carries another', async () => {
  const report = useReport()
  report.draft.category = 'rubbish'
  answer = () => Response.json({ title: 'busy', status: 503, code: 'database_busy' }, { status: 503 })
  await report.send(point, null)
  expect(report.problem.value?.code).toBe('database_busy')
  await report.send(point, null)
  report.draft.category = 'sewage'
  await report.send(point, null)
  const keys = requests.map(({ key }) => key)
  expect(keys[0]).toBeTruthy()
  expect(keys[1]).toBe(keys[0])
  expect(keys[2]).not.toBe(keys[0])
})

test('photos go out as multipart with the same fields', async () => {
  const report = useReport()
  report.draft.category = 'rubbish'
  report.photos.value = [new Blob(['a'], { type: 'image/jpeg' }), new Blob(['b'], { type: 'image/jpeg' })]
  await report.send(point, 12)
  const form = requests[0]?.body as FormData
  expect(requests[0]?.type).toContain('multipart/form-data')
  expect(form.getAll('photos')).toHaveLength(2)
  expect(form.get('lon')).toBe('113.1')
  expect(form.get('accuracy')).toBe('12')
  expect(form.has('description')).toBe(false)
})

test('a second press while the first is on its way sends nothing', async () => {
  const report = useReport()
  report.draft.category = 'rubbish'
  await Promise.all([report.send(point, null), report.send(point, null)])
  expect(requests).toHaveLength(1)
})

test('another report has another key', async () => {
  const report = useReport()
  report.draft.category = 'rubbish'
  await report.send(point, null)
  report.another()
  report.draft.category = 'rubbish'
  await report.send(point, null)
  expect(requests[1]?.key).not.toBe(requests[0]?.key)
})

test('what an office types in says where it came from, and how it words it', async () => {
  const report = useReport({ source: 'hotline', words: (text) => `urgent: ${text}` })
  report.draft.category = 'rubbish'
  report.draft.description = ' a heap '
  report.draft.contact = '13800000000'
  await report.send(point, null)
  expect(JSON.parse(String(requests[0]?.body))).toMatchObject({ source: 'hotline', description: 'urgent: a heap', contact: '13800000000' })
})
