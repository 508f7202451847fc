import type { GridDetail } from '../api/types'

/** The grid's own duty telephone, which is one of its fields; nobody's personal one. */
export function telephoneOf(grid: GridDetail | null): string | null {
  const value = (grid?.attributes as Record<string, unknown> | null | undefined)?.['telephone']
  return typeof value === 'string' && value !== '' ? value : null
}
