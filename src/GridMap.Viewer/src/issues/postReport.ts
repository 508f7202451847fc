import { api } from '../api/client'
import type { IssueReport } from '../api/types'

/** As JSON, or as a form when there are photos; a field that was left empty is not in the form. */
export function postReport(report: IssueReport, photos: readonly Blob[], key: string) {
  const params = { header: { 'Idempotency-Key': key } }
  if (photos.length === 0) return api.POST('/api/v1/issues', { params, body: report })
  const form = new FormData()
  for (const [name, value] of Object.entries(report)) if (value !== null) form.append(name, String(value))
  photos.forEach((photo, i) => form.append('photos', photo, `photo-${i + 1}.jpg`))
  return api.POST('/api/v1/issues', { params, body: report, bodySerializer: () => form })
}
