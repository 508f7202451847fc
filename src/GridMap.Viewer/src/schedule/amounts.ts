/**
 * Quantities as whole thousandths: what the service keeps as numeric(14,3) stays exact here, and so do sums over every zone and
 * week of a campaign (below 2^53).
 */
export type Thousandths = number

/** The service's limit of one quantity. */
const limit = 100_000_000_000

export const toThousandths = (quantity: number): Thousandths => Math.round(quantity * 1000)
export const toQuantity = (amount: Thousandths): number => amount / 1000

/** What a cell shows and copies as: no grouping, so that a spreadsheet reads it as a number. */
export const plainAmount = (amount: Thousandths): string => String(amount / 1000)

/** What a cell shows: as many decimals as there are, thousands apart by a thin gap. */
export function shownAmount(amount: Thousandths): string {
  const [whole = '0', fraction] = String(Math.abs(amount) / 1000).split('.')
  return `${amount < 0 ? '−' : ''}${whole.replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f')}${fraction ? `.${fraction}` : ''}`
}

/** A figure that nobody types, as far as a narrow cell has room: from a hundred on without decimals. */
export const shortAmount = (amount: Thousandths): string => shownAmount(Math.abs(amount) >= 100_000 ? Math.round(amount / 1000) * 1000 : amount)

/** Full-width forms of an input method to what they stand for. */
const halfWidth = (text: string): string => text.replace(/[\uff01-\uff5e]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) - 0xfee0)).replace(/\u3000/g, ' ').replace(/。/g, '.')

/**
 * A quantity as people type and spreadsheets copy it: thousands separators, full-width digits, gaps. Nothing written is 0.
 * Null: it is no quantity of 0 or more with at most three decimals.
 */
export function readAmount(text: string): Thousandths | null {
  const plain = halfWidth(text).replace(/[\s\u00a0\u2009\u202f']/g, '')
  if (plain === '' || plain === '-' || plain === '–') return 0
  const grouped = /^\+?\d{1,3}(,\d{3})+(\.\d*)?$/.test(plain)
  const ungrouped = grouped ? plain.replace(/,/g, '') : plain
  if (!/^\+?(\d+\.?\d*|\.\d+)$/.test(ungrouped)) return null
  const [whole = '', fraction = ''] = ungrouped.replace('+', '').split('.')
  const decimals = fraction.replace(/0+$/, '')
  if (decimals.length > 3 || whole.length > 9) return null
  const amount = Number(whole || '0') * 1000 + Number(decimals.padEnd(3, '0'))
  return amount < limit ? amount : null
}
