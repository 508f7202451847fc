import type { CategoryLimit } from '../api/types'

/** Times of day go over the wire with seconds; people read minutes. */
export const minutes = (time: string): string => time.slice(0, 5)

export interface LimitWords {
  limit: (value: number, unit: string) => string
  severity: (word: string) => string
  place: (word: string) => string
}

/** A limit by condition as people say it: where, how grave, when, and how long it may take then. */
export function ruleText(rule: CategoryLimit, words: LimitWords): string {
  const conditions = [
    rule.place ? words.place(rule.place) : '',
    rule.severity ? words.severity(rule.severity) : '',
    rule.fromTime && rule.toTime ? `${minutes(rule.fromTime)}–${minutes(rule.toTime)}` : '',
  ].filter(Boolean)
  return `${conditions.join(' · ')} → ${words.limit(rule.limitValue, rule.limitUnit)}`
}
