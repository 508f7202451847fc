import type { NewWorkLog, OwnZone, OwnZoneItem } from '../api/types'

/** What is typed so far: by item as it stands in the field, and the people who were out. */
export interface LogDraft {
  quantities: Record<string, string>
  people: string
  note: string
}

export const emptyDraft = (): LogDraft => ({ quantities: {}, people: '', note: '' })

const mostQuantity = 100_000_000
const mostPeople = 1_000_000

/** A quantity as somebody types it: digits, a point or a comma, three decimals; undefined for an empty field, null for what is none. */
export function readQuantity(text: string): number | null | undefined {
  const clean = text.trim().replace(/[,，。]/, '.')
  if (clean === '') return undefined
  if (!/^\d{0,9}(\.\d{0,3})?$/.test(clean) || !/\d/.test(clean)) return null
  const value = Number(clean)
  return value < mostQuantity ? value : null
}

/** People are whole. */
export function readPeople(text: string): number | null | undefined {
  const value = readQuantity(text)
  return value === undefined || value === null ? value : Number.isInteger(value) && value <= mostPeople ? value : null
}

/** One more or one less, never below nought; exact in thousandths. */
export function stepped(text: string, by: number): string {
  const value = readQuantity(text) ?? 0
  return String(Math.max(0, Math.round((value + by) * 1000) / 1000))
}

/** The same as on the last day, for all items that anything was done of; a correction elsewhere may have taken more away than there was. */
export const likeLast = (items: readonly OwnZoneItem[]): Record<string, string> =>
  Object.fromEntries(items.filter(({ last }) => (last ?? 0) > 0).map(({ item, last }) => [item, String(last)]))

/** What this week's plan still lacks. */
export const lacking = ({ weekPlanned, weekDone }: Pick<OwnZoneItem, 'weekPlanned' | 'weekDone'>): number => Math.max(0, Math.round((weekPlanned - weekDone) * 1000) / 1000)

/** Why it cannot be sent yet; null when it can. */
export function draftProblem({ quantities, people }: LogDraft): 'empty' | 'number' | null {
  const read = Object.values(quantities).map(readQuantity)
  if (read.includes(null) || readPeople(people) === null) return 'number'
  return read.every((value) => value === undefined) ? 'empty' : null
}

/** The log as the service takes it; an item without a figure is not in it. */
export function logOf(zone: string, day: string, items: readonly string[], draft: LogDraft, by: string | null): NewWorkLog {
  const entries = items.flatMap((item) => {
    const quantity = readQuantity(draft.quantities[item] ?? '')
    return typeof quantity === 'number' ? [{ item, quantity }] : []
  })
  return { grid: zone, day, entries, headCount: readPeople(draft.people) ?? null, by, note: draft.note.trim() || null, corrects: null }
}

/** A day without work is a log too: nought of the first item. */
export const restOf = (zone: string, day: string, items: readonly string[], note: string, by: string | null): NewWorkLog => ({
  grid: zone,
  day,
  entries: items.slice(0, 1).map((item) => ({ item, quantity: 0 })),
  headCount: null,
  by,
  note: note.trim() || null,
  corrects: null,
})

/** The zone to go on with: the next in the list without a log, from the beginning again after the end. */
export function nextZone(zones: readonly Pick<OwnZone, 'code' | 'logged'>[], after: string, waiting: ReadonlySet<string>): string | null {
  const at = zones.findIndex(({ code }) => code === after)
  const order = [...zones.slice(at + 1), ...zones.slice(0, Math.max(0, at))]
  return order.find(({ code, logged }) => !logged && !waiting.has(code))?.code ?? null
}
