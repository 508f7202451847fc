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

/** What an entry should have been, and who was out on its day in all; undefined leaves the people as they are. */
export interface ShouldBe {
  quantity: number
  people: number | undefined
}

/** The entry that brings another to what it should have been: the differences; null where there are none. */
export function correctionOf({ entry, now }: CorrectedEntry, should: ShouldBe, note: string, by: string | null): NewWorkLog | null {
  const quantity = exact(should.quantity - now)
  const people = should.people === undefined ? 0 : should.people - (entry.headCount ?? 0)
  if (quantity === 0 && people === 0) return null
  return { grid: entry.grid, day: entry.day, entries: quantity === 0 ? null : [{ item: entry.item, quantity }], headCount: people || null, by, note: note.trim() || null, corrects: entry.id }
}

/** A difference as it is told: with its sign. */
export const signed = (difference: number, shown: string): string => `${difference > 0 ? '+' : '−'}${shown}`
