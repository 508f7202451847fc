import type { NewWorkLog, WorkLogItem } from '../api/types'

/** An entry with what was corrected of it since, oldest first, and what it comes to. */
export interface CorrectedEntry {
  entry: WorkLogItem
  corrections: WorkLogItem[]
  now: number
}

const exact = (value: number): number => Math.round(value * 1000) / 1000

/** Corrections stand at the entries that they correct, if these are in the list; the order is the list's. */
export function foldCorrections(items: readonly WorkLogItem[]): CorrectedEntry[] {
  const known = new Set(items.map(({ id }) => id))
  const of = new Map<number, WorkLogItem[]>()
  for (const item of items) if (item.corrects !== null && known.has(item.corrects)) of.set(item.corrects, [item, ...(of.get(item.corrects) ?? [])])
  return items
    .filter(({ corrects }) => corrects === null || !known.has(corrects))
    .map((entry) => {
      const corrections = (of.get(entry.id) ?? []).sort((a, b) => a.id - b.id)
      return { entry, corrections, now: exact(corrections.reduce((sum, { quantity }) => sum + quantity, entry.quantity)) }
    })
}

/** The entry that brings another to what it should have been: the difference; null where there is none. */
export function correctionOf({ entry, now }: CorrectedEntry, should: number, note: string, by: string | null): NewWorkLog | null {
  const quantity = exact(should - now)
  if (quantity === 0) return null
  return { grid: entry.grid, day: entry.day, entries: [{ item: entry.item, quantity }], headCount: null, by, note: note.trim() || null, corrects: entry.id }
}
