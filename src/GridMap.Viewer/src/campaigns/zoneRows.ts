import type { ProgressDays, ProgressRow } from '../api/types'
import { lightOf, lights, type Light } from './lights'

/** A grid on a day as the list and the map show it. What only the day's own table knows is null until it is there. */
export interface ZoneRow {
  id: number
  code: string
  percent: number | null
  spi: number | null
  light: Light
  /** Against the day before. */
  change: number | null
  /** A log was due that day, and none of the zones inside has sent one. Known when the day's own table is. */
  silent: boolean
  detail: ProgressRow | null
}

/** All grids of a level on the day at `index`, from the table of all days: no request is needed to play them. */
export function zoneRows(days: ProgressDays, index: number, details: ReadonlyMap<string, ProgressRow>, workday: boolean): ZoneRow[] {
  return days.rows.map((row) => {
    const percent = row.percent[index] ?? null
    const before = row.percent[index - 1] ?? null
    const light = lightOf(row.light[index])
    const detail = details.get(row.code) ?? null
    return {
      id: row.gridId,
      code: row.code,
      percent,
      spi: row.spi[index] ?? null,
      light,
      change: percent === null || before === null ? null : percent - before,
      silent: workday && light !== 'grey' && detail !== null && detail.zones > 0 && detail.loggedZones === 0,
      detail,
    }
  })
}

/** The worst first by what is ranked; those without a plan last; equal ones by code, so that the order is always the same. */
export function worstFirst(rows: readonly ZoneRow[], by: 'spi' | 'percent'): ZoneRow[] {
  return [...rows].sort((a, b) => {
    const [x, y] = [a[by], b[by]]
    if (x === null || y === null) return Number(x === null) - Number(y === null) || compare(a.code, b.code)
    return x - y || compare(a.code, b.code)
  })
}

export function countLights(rows: readonly ZoneRow[]): Record<Light, number> {
  const counts = Object.fromEntries(lights.map((light) => [light, 0])) as Record<Light, number>
  for (const { light } of rows) counts[light]++
  return counts
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
