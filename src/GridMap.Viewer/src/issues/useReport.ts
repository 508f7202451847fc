import { computed, reactive, ref, shallowRef } from 'vue'
import { take } from '../api/client'
import { ApiProblem } from '../api/problem'
import type { IssueReceipt, IssueReport, Point } from '../api/types'
import { idempotencyKey } from './idempotencyKey'
import { postReport } from './postReport'

/**
 * A report while it is being written, and its sending: once, however often the button is pressed.
 * `source`, `severity` and `words` are for who types in what somebody else says.
 */
export function useReport({ source, severity = () => null, words = (text) => text }: { source?: string; severity?: () => string | null; words?: (text: string) => string } = {}) {
  const draft = reactive({ category: null as string | null, description: '', contact: '' })
  const photos = shallowRef<Blob[]>([])
  const sending = ref(false)
  const problem = shallowRef<ApiProblem | null>(null)
  const receipt = shallowRef<IssueReceipt | null>(null)
  const complete = computed(() => draft.category !== null)
  // The same key as long as the same content is tried: whatever was lost on the way, it is one issue.
  let key = { value: idempotencyKey(), of: '' }

  const content = (point: Point, accuracy: number | null): IssueReport => ({
    category: draft.category,
    lon: point.lon,
    lat: point.lat,
    crs: null,
    accuracy,
    description: words(draft.description.trim()) || null,
    contact: draft.contact.trim() || null,
    ...(source && { source }),
    ...(severity() && { severity: severity() }),
  })

  async function send(point: Point, accuracy: number | null): Promise<void> {
    if (sending.value) return
    const report = content(point, accuracy)
    const fingerprint = JSON.stringify([report, photos.value.map((photo) => photo.size)])
    if (key.of !== '' && key.of !== fingerprint) key = { value: idempotencyKey(), of: '' }
    key.of = fingerprint
    sending.value = true
    problem.value = null
    try {
      receipt.value = await take(postReport(report, photos.value, key.value))
    } catch (error) {
      problem.value = error instanceof ApiProblem ? error : ApiProblem.network(error)
    } finally {
      sending.value = false
    }
  }

  function another(): void {
    draft.category = null
    draft.description = ''
    photos.value = []
    receipt.value = null
    key = { value: idempotencyKey(), of: '' }
  }

  return { draft, photos, sending, problem, receipt, complete, send, another }
}
