import type { ProgressAnswer } from '../api/types'

/** How the figures of a frozen day differ from what is known of it now. */
export interface FrozenDifference {
  /** Rows whose percentage is another. */
  count: number
  then: number | null
  now: number | null
  /** The most changed first. */
  rows: { code: string; name: string; then: number | null; now: number | null }[]
}

/** Null where nothing differs that is shown. */
export function frozenDifference(frozen: Pick<ProgressAnswer, 'rows' | 'total'>, known: Pick<ProgressAnswer, 'rows' | 'total'>): FrozenDifference | null {
  const before = new Map(frozen.rows.map((row) => [row.code, row.percent]))
  const rows = known.rows
    .flatMap(({ code, name, percent }) => {
      const then = before.get(code) ?? null
      return code !== null && then !== percent ? [{ code, name: name ?? code, then, now: percent }] : []
    })
    .sort((a, b) => Math.abs((b.now ?? 0) - (b.then ?? 0)) - Math.abs((a.now ?? 0) - (a.then ?? 0)) || (a.code < b.code ? -1 : 1))
  return rows.length === 0 && frozen.total.percent === known.total.percent ? null : { count: rows.length, then: frozen.total.percent, now: known.total.percent, rows }
}
