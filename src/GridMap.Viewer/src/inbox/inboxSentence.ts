import type { InboxItem } from '../api/types'

type Value = string | number | null | undefined

/** What the words of a message are filled with: names and days ready to be read. */
export interface InboxWords {
  t: (key: string, values: Record<string, string>) => string
  te: (key: string) => boolean
  role: (role: string) => string
  term: (from: string, to: string | null) => string
  moment: (iso: string) => string
  day: (day: string) => string
  category: (code: string) => string
  territory: string
}

/** A message as a sentence; one of a kind that is not known yet shows its kind, so that it is never lost. */
export function inboxSentence(item: Pick<InboxItem, 'kind' | 'parameters'>, { t, te, role, term, moment, day, category, territory }: InboxWords): string {
  const kind = item.kind.replace('.', '-')
  if (!te(`inbox.kind.${kind}`)) return item.kind
  const given = item.parameters as Record<string, Value>
  const text = (name: string): string => String(given[name] ?? '')
  return t(`inbox.kind.${kind}`, {
    role: given['role'] ? role(text('role')) : '',
    grid: Number(given['zones'] ?? 1) > 1 ? t('inbox.grids', { grid: text('gridName'), n: text('zones') }) : text('gridName') || text('grid') || territory,
    term: given['from'] ? term(text('from'), given['to'] ? text('to') : null) : '',
    at: given['at'] ? moment(text('at')) : '',
    day: given['day'] ? day(text('day')) : '',
    what: text('what'),
    days: Number(given['days'] ?? 1) > 1 ? t('inbox.days', { n: text('days') }) : '',
    taken: text('taken'),
    by: text('by'),
    title: text('title'),
    number: text('number'),
    category: given['category'] ? category(text('category')) : '',
    person: text('person'),
    reward: text('reward'),
    rule: text('rule'),
    points: text('points'),
    balance: text('balance'),
  })
}
