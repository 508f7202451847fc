import type { Problem } from './types'

/**
 * What went wrong with a call, in the service's own words (RFC 9457) where it had any.
 * `code` is stable and may be compared; `network` means that no answer came at all.
 */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    title: string,
    readonly detail?: string,
    readonly fields: Readonly<Record<string, readonly string[]>> = {},
    readonly retryAfterSeconds?: number,
    /** Members beyond those of RFC 9457: the grids or the place that a refusal is about, what somebody else did meanwhile. */
    readonly more: Readonly<Record<string, unknown>> = {},
  ) {
    super(title)
    this.name = 'ApiProblem'
  }

  static from(response: Response, body: unknown): ApiProblem {
    const problem = (typeof body === 'object' && body !== null ? body : {}) as Partial<Problem>
    const retryAfter = Number(response.headers.get('Retry-After') ?? Number.NaN)
    return new ApiProblem(
      response.status,
      problem.code ?? `http_${response.status}`,
      problem.title ?? response.statusText,
      problem.detail ?? undefined,
      (problem.errors as Record<string, string[]> | undefined) ?? {},
      Number.isFinite(retryAfter) ? retryAfter : undefined,
      problem as Record<string, unknown>,
    )
  }

  /** What a job that failed tells of itself. */
  static of(body: unknown): ApiProblem {
    const problem = (typeof body === 'object' && body !== null ? body : {}) as Partial<Problem> & { status?: number }
    return new ApiProblem(problem.status ?? 500, problem.code ?? 'internal', problem.detail ?? '', problem.detail ?? undefined, {}, undefined, problem as Record<string, unknown>)
  }

  static network(cause: unknown): ApiProblem {
    const problem = new ApiProblem(0, 'network', cause instanceof Error ? cause.message : String(cause))
    problem.cause = cause
    return problem
  }
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError'
}
