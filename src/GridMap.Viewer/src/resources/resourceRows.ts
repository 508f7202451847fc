import type { ResourceKind, ResourceQuantity, ResourceRow, ResourceTable, ResourceUse } from '../api/types'
import { grouped } from '../i18n/format'

/** What a row has of a resource. */
export const quantityOf = (row: Pick<ResourceRow, 'quantities'>, resource: string): ResourceQuantity | null => row.quantities.find((one) => one.resource === resource) ?? null

/** Used over planned; null where nothing is planned, which is no share. */
export const usedShare = ({ planned, used }: Pick<ResourceQuantity, 'planned' | 'used'>): number | null => (planned > 0 ? used / planned : null)

/** More was used than planned: without a plan, whatever was used. */
export const isOver = ({ planned, used }: Pick<ResourceQuantity, 'planned' | 'used'>): boolean => used > planned

/** Rows sort by share; what was used without a plan is beyond all shares, and what has neither is below them. */
export const usedOrder = (one: ResourceQuantity | null): number => (one === null ? -1 : (usedShare(one) ?? (one.used > 0 ? Number.POSITIVE_INFINITY : -1)))

/** Rows in which more was used than planned of any resource. */
export const overRows = (rows: readonly ResourceRow[]): ResourceRow[] => rows.filter((row) => row.quantities.some(isOver))

export const rowsWithRest = ({ rows, notDivided }: Pick<ResourceTable, 'rows' | 'notDivided'>): ResourceRow[] => (notDivided ? [...rows, notDivided] : [...rows])

const most = 1e12

/** A quantity as it is typed: nought or more, three decimals at most; null when it is none. */
export function parseQuantity(text: string): number | null {
  const trimmed = text.trim().replace(/[,\s\u202f]/g, '')
  if (!/^\d+(\.\d{1,3})?$/.test(trimmed)) return null
  const value = Number(trimmed)
  return value < most ? value : null
}

/** What each entry stands at with its corrections; a correction by itself stands for nothing. */
export function standings(entries: readonly Pick<ResourceUse, 'id' | 'quantity' | 'corrects'>[]): Map<number, number> {
  const stands = new Map<number, number>()
  for (const { id, quantity, corrects } of entries) {
    const key = corrects ?? id
    stands.set(key, toThousandths((stands.get(key) ?? 0) + quantity))
  }
  return stands
}

/** The correction that makes an entry what it ought to be. */
export const difference = (stands: number, should: number): number => toThousandths(should - stands)

/** Sums of decimals keep their three places, and nothing of how machines hold them. */
const toThousandths = (value: number): number => Math.round(value * 1000) / 1000

/** The name of a resource in the language of the page. */
export const kindName = ({ code, name, nameEn }: ResourceKind, locale: string): string => (locale === 'en' ? nameEn || name : name) || code || ''

/** A share of a household's, small or large: two figures that say something. */
export const perHousehold = (value: number): string => (value > 0 && value < 0.1 ? String(Number(value.toPrecision(2))) : grouped(value, value >= 1000 ? 0 : 2))

/** A quantity as it is stored: all its decimals, three at most, and none that say nothing. */
export function exact(value: number): string {
  const rounded = toThousandths(value)
  return grouped(rounded, String(rounded).split('.')[1]?.length ?? 0)
}
