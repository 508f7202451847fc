import type { ProgressRow } from '../api/types'

/** A grid of the campaign: a zone, or one that holds zones. */
export interface ScheduleGrid {
  id: number
  code: string
  name: string
  parent: string | null
  level: number
  isZone: boolean
  zones: number
}

/** A line of the table: a grid's plan of one item. */
export interface ScheduleLine {
  key: string
  grid: ScheduleGrid
  item: string
  /** The first line of its grid, which bears the name. */
  first: boolean
}

export const gridsOf = (level: number, zoneLevel: number, rows: readonly ProgressRow[]): ScheduleGrid[] =>
  rows.flatMap(({ gridId, code, name, parent, zones }) => (gridId !== null && code !== null ? [{ id: gridId, code, name: name ?? code, parent, level, isZone: level === zoneLevel, zones }] : []))

/** Each grid before those inside it, by code within one parent; a parent that one does not see makes its children stand alone. */
export function inOrder(grids: readonly ScheduleGrid[]): ScheduleGrid[] {
  const codes = new Set(grids.map(({ code }) => code))
  const inside = new Map<string | null, ScheduleGrid[]>()
  for (const grid of grids) {
    const parent = grid.parent !== null && codes.has(grid.parent) ? grid.parent : null
    inside.set(parent, [...(inside.get(parent) ?? []), grid])
  }
  const ordered: ScheduleGrid[] = []
  const walk = (parent: string | null) => {
    for (const grid of (inside.get(parent) ?? []).sort((a, b) => (a.code < b.code ? -1 : 1))) {
      ordered.push(grid)
      walk(grid.code)
    }
  }
  walk(null)
  return ordered
}

/** The lines of the items that are shown, without those inside a grid that is folded. */
export function linesOf(ordered: readonly ScheduleGrid[], items: readonly string[], folded: ReadonlySet<string>): ScheduleLine[] {
  const hidden = new Set<string>()
  return ordered.flatMap((grid) => {
    if (grid.parent !== null && (folded.has(grid.parent) || hidden.has(grid.parent))) {
      hidden.add(grid.code)
      return []
    }
    return items.map((item, i) => ({ key: `${grid.code}|${item}`, grid, item, first: i === 0 }))
  })
}
