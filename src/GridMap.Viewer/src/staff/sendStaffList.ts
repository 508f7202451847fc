import { api } from '../api/client'
import { ApiProblem } from '../api/problem'
import type { StaffReport } from '../api/types'

const isReport = (body: unknown): body is StaffReport => typeof body === 'object' && body !== null && Array.isArray((body as { errors?: unknown }).errors) && 'rows' in body

/** Sends a staff list, to be stored or only tried. A sheet with errors is an answer too (422), and nothing was stored. */
export async function sendStaffList(file: File, dryRun: boolean): Promise<StaffReport> {
  const form = new FormData()
  form.append('file', file, file.name)
  const { data, error, response } = await api
    .POST('/api/v1/people/import', { params: { query: { dryRun } }, body: { file: '' } as never, bodySerializer: () => form })
    .catch((cause: unknown) => {
      throw ApiProblem.network(cause)
    })
  const body: unknown = data ?? error
  if (isReport(body)) return body
  throw ApiProblem.from(response, error)
}
