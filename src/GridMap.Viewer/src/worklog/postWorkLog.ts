import { api } from '../api/client'
import type { NewWorkLog } from '../api/types'

/** As JSON, or as a form with the same JSON in one field when there are photos. */
export function postWorkLog(campaign: number, log: NewWorkLog, photos: readonly Blob[], key: string) {
  const params = { path: { id: campaign }, header: { 'Idempotency-Key': key } }
  if (photos.length === 0) return api.POST('/api/v1/campaigns/{id}/worklog', { params, body: log })
  const form = new FormData()
  form.append('log', JSON.stringify(log))
  photos.forEach((photo, i) => form.append('photos', photo, `photo-${i + 1}.jpg`))
  return api.POST('/api/v1/campaigns/{id}/worklog', { params, body: log, bodySerializer: () => form })
}
