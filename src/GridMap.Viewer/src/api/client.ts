import createClient from 'openapi-fetch'
import { ApiProblem, isAbort } from './problem'
import type { paths } from './schema'

/** The service that served this page. Tests give their own `fetch` to `globalThis`. */
export const api = createClient<paths>({
  baseUrl: globalThis.location?.origin ?? '',
  fetch: (request) => globalThis.fetch(request),
})

interface Outcome<T> {
  data?: T
  error?: unknown
  response: Response
}

/** Unwraps an answer: the data, or an ApiProblem thrown. A cancelled call stays an AbortError. */
export async function take<T>(call: Promise<Outcome<T>>): Promise<T> {
  const { data, error, response } = await answered(call)
  if (data === undefined) throw ApiProblem.from(response, error)
  return data
}

/** Like `take`, for calls that answer with nothing. */
export async function done(call: Promise<Outcome<unknown>>): Promise<void> {
  await answered(call)
}

async function answered<T>(call: Promise<Outcome<T>>): Promise<Outcome<T>> {
  let outcome: Outcome<T>
  try {
    outcome = await call
  } catch (error) {
    throw isAbort(error) ? error : ApiProblem.network(error)
  }
  if (!outcome.response.ok) throw ApiProblem.from(outcome.response, outcome.error)
  return outcome
}

interface Page<T> {
  items: T[]
  next: string | null
}

/** Walks a cursor list to its end or to `most` items; `complete` says which of the two it was. */
export async function takeAll<T>(
  page: (cursor: string | undefined) => Promise<Page<T>>,
  most: number,
): Promise<{ items: T[]; complete: boolean }> {
  const items: T[] = []
  let cursor: string | undefined
  do {
    const { items: some, next } = await page(cursor)
    items.push(...some)
    cursor = next ?? undefined
  } while (cursor !== undefined && items.length < most)
  return { items, complete: cursor === undefined }
}
