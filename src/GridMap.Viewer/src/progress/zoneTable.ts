import type { ProgressAnswer, ProgressRow } from '../api/types'
import { lights, type Light } from '../campaigns/lights'

/** How many rows have each light. */
export function lightCounts(rows: readonly Pick<ProgressRow, 'light'>[]): Record<Light, number> {
  const counts: Record<Light, number> = { red: 0, yellow: 0, green: 0, grey: 0 }
  for (const { light } of rows) counts[light]++
  return counts
}

/** The light that the address names; anything else is all of them. */
export const lightNamed = (name: string | undefined): Light | null => lights.find((light) => light === name) ?? null

/** Rows of one light in the service's order, the slowest first; with all lights what belongs to no row stands at the end. */
export const rowsOf = ({ rows, notDivided }: Pick<ProgressAnswer, 'rows' | 'notDivided'>, light: Light | null): ProgressRow[] =>
  light ? rows.filter((row) => row.light === light) : notDivided ? [...rows, notDivided] : [...rows]

/** Numbers that are not known sort below all that are. */
export const orLast = (value: number | null): number => value ?? Number.NEGATIVE_INFINITY

/** The level asked for in the address, if the campaign has it; else the zones'. */
export function levelIn(zoneLevel: number, asked: string | undefined): number {
  const level = Number(asked)
  return Number.isInteger(level) && level >= 1 && level <= zoneLevel ? level : zoneLevel
}

/** The day asked for, moved into the days that there are figures of. */
export function dayIn(from: string, to: string, asked: string | undefined, usual: string): string {
  const day = asked && /^\d{4}-\d{2}-\d{2}$/.test(asked) ? asked : usual
  return day < from ? from : day > to ? to : day
}
