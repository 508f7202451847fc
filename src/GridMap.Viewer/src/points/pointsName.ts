import { grouped } from '../i18n/format'

/** A name in the language of the page; the Chinese one is always there. */
export const pointsName = (locale: string, name: string | null, nameEn: string | null): string => (locale === 'en' ? nameEn || name : name) ?? ''

/** A sum of points, with a true minus. */
export const summed = (points: number): string => grouped(points).replace('-', '\u2212')

/** Points with their sign, with a true minus. */
export const signed = (points: number): string => (points > 0 ? `+${points}` : String(points).replace('-', '\u2212'))
