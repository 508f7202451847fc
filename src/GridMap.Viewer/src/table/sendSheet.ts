import { api } from '../api/client'
import { ApiProblem } from '../api/problem'
import type { SheetError } from '../api/types'

/** What every import of a sheet answers, besides figures of its own. */
export interface SheetReport {
  rows: number
  errors: readonly SheetError[]
}

type SheetPath = '/api/v1/people/import' | '/api/v1/categories/sheet'

const isReport = (body: unknown): body is SheetReport => typeof body === 'object' && body !== null && Array.isArray((body as { errors?: unknown }).errors) && 'rows' in body

type TellingPath = '/api/v1/campaigns/{id}/schedule/sheet' | '/api/v1/campaigns/{id}/arrangements/sheet'

/** Has the service tell what a sheet of a campaign would change; nothing is stored. One with errors is an answer too (422). */
export async function tellSheet<R extends SheetReport>(path: TellingPath, campaign: number, file: File): Promise<R> {
  const form = new FormData()
  form.append('file', file, file.name)
  return reportOf(api.POST(path, { params: { path: { id: campaign } }, body: { file: '' } as never, bodySerializer: () => form }))
}

async function reportOf<R extends SheetReport>(answer: Promise<{ data?: unknown; error?: unknown; response: Response }>): Promise<R> {
  const { data, error, response } = await answer.catch((cause: unknown) => {
    throw ApiProblem.network(cause)
  })
  const body = data ?? error
  if (isReport(body)) return body as R
  throw ApiProblem.from(response, error)
}

/** Sends a sheet, to be stored or only tried. One with errors is an answer too (422), and nothing was stored. */
export async function sendSheet<R extends SheetReport>(path: SheetPath, file: File, query: { dryRun: boolean; retireOthers?: boolean }): Promise<R> {
  const form = new FormData()
  form.append('file', file, file.name)
  return reportOf(api.POST(path as '/api/v1/people/import', { params: { query }, body: { file: '' } as never, bodySerializer: () => form }))
}
