import type { Grid, GridCounts } from '../api/types'
import { openCount, totalCount, writtenOffShare } from '../issues/counts'

export interface RankedGrid {
  grid: Grid
  share: number | null
  total: number
  open: number
  overdue: number
}

export type RankingOrder = 'worst' | 'best'

/**
 * Grids by the share of issues written off. Equal shares: the one with more open issues is further behind; then the
 * code decides, so that the order is always the same. Grids without issues are not ranked: they come last.
 */
export function rank(grids: readonly Grid[], counts: ReadonlyMap<string, GridCounts>, order: RankingOrder): RankedGrid[] {
  const rows = grids.map((grid): RankedGrid => {
    const count = counts.get(grid.code)
    return { grid, share: writtenOffShare(count), total: count ? totalCount(count) : 0, open: count ? openCount(count) : 0, overdue: count?.overdue ?? 0 }
  })
  const sign = order === 'worst' ? 1 : -1
  return rows.sort((a, b) => {
    if (a.share === null || b.share === null) return Number(a.share === null) - Number(b.share === null) || compare(a.grid.code, b.grid.code)
    return sign * (a.share - b.share) || sign * (b.open - a.open) || compare(a.grid.code, b.grid.code)
  })
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
