import type { ProgressAnswer, ProgressRow } from '../api/types'

type Figures = Pick<ProgressRow, 'percent' | 'quantities'>

/** How the figures of a frozen day differ from what is known of it now. */
export interface FrozenDifference {
  /** Rows of which anything is another: what was done, what was planned, and with it the percentage. */
  count: number
  then: number | null
  now: number | null
  /** The most changed first. */
  rows: { code: string; name: string; then: number | null; now: number | null }[]
}

/** An item that is done beyond its plan moves no percentage, and is a figure all the same. */
const sameFigures = (a: Figures, b: Figures): boolean =>
  a.percent === b.percent && a.quantities.every(({ done, planned }, i) => done === b.quantities[i]?.done && planned === b.quantities[i]?.planned)

/** Null where nothing differs that is shown. */
export function frozenDifference(frozen: Pick<ProgressAnswer, 'rows' | 'total'>, known: Pick<ProgressAnswer, 'rows' | 'total'>): FrozenDifference | null {
  const before = new Map(frozen.rows.map((row) => [row.code, row]))
  const rows = known.rows
    .flatMap((row) => {
      const { code, name, percent } = row
      const then = before.get(code)
      return code !== null && (!then || !sameFigures(then, row)) ? [{ code, name: name ?? code, then: then?.percent ?? null, now: percent }] : []
    })
    .sort((a, b) => Math.abs((b.now ?? 0) - (b.then ?? 0)) - Math.abs((a.now ?? 0) - (a.then ?? 0)) || (a.code < b.code ? -1 : 1))
  return rows.length === 0 && frozen.total.percent === known.total.percent ? null : { count: rows.length, then: frozen.total.percent, now: known.total.percent, rows }
}
