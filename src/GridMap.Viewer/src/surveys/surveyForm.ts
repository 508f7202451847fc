import type { SurveyDetail, SurveyItem } from '../api/types'

/** A question as it is written; it has a key of its own, so that it can be moved. */
export interface DraftItem {
  key: number
  kind: 'score' | 'choice' | 'text'
  subject: 'self' | 'neighbour' | 'village'
  scale: 5 | 10
  multiple: boolean
  required: boolean
  words: string
  wordsEn: string
  /** One a line. */
  options: string
  optionsEn: string
}

export interface Draft {
  title: string
  titleEn: string
  intro: string
  introEn: string
  mode: 'open' | 'household'
  grid: { code: string; name: string; level: number } | null
  level: number
  opensAt: string
  closesAt: string
  resultsPublic: boolean
  minSample: number
  items: DraftItem[]
}

export const mostItems = 30
let lastKey = 0

export const newItem = (kind: DraftItem['kind']): DraftItem => ({ key: ++lastKey, kind, subject: 'village', scale: 10, multiple: false, required: kind === 'score', words: '', wordsEn: '', options: '', optionsEn: '' })

export const newDraft = (level: number): Draft => ({
  title: '', titleEn: '', intro: '', introEn: '', mode: 'open', grid: null, level, opensAt: '', closesAt: '', resultsPublic: false, minSample: 3, items: [newItem('score')],
})

const lines = (text: string): string[] => text.split('\n').map((line) => line.trim())
const joined = (words: (string | null | undefined)[]): string => words.map((each) => each ?? '').join('\n').trimEnd()

/** The options of a choice: lines in Chinese, and beside each the line in English, if there is one. */
function options({ options: zh, optionsEn: en }: DraftItem): { words: string; wordsEn: string }[] {
  const english = lines(en)
  return lines(zh).flatMap((words, i) => (words === '' ? [] : [{ words, wordsEn: english[i] ?? '' }]))
}

const itemOf = (item: SurveyItem): DraftItem => ({
  ...newItem(item.kind),
  subject: (item.subject ?? 'village') as DraftItem['subject'],
  scale: item.scale === 5 ? 5 : 10,
  multiple: item.multiple,
  required: item.required,
  words: item.words,
  wordsEn: item.wordsEn,
  options: joined((item.options ?? []).map(({ words }) => words)),
  optionsEn: joined((item.options ?? []).map(({ wordsEn }) => wordsEn)),
})

/** A survey for the editor; `local` writes an instant as a date field does. */
export const draftOf = (survey: SurveyDetail, local: (iso: string) => string): Draft => ({
  title: survey.title,
  titleEn: survey.titleEn,
  intro: survey.intro,
  introEn: survey.introEn,
  mode: survey.mode,
  grid: survey.grid ?? null,
  level: survey.level,
  opensAt: survey.opensAt ? local(survey.opensAt) : '',
  closesAt: survey.closesAt ? local(survey.closesAt) : '',
  resultsPublic: survey.resultsPublic,
  minSample: survey.minSample,
  items: survey.items.map(itemOf),
})

/** As the service takes it; `instant` reads what a date field holds. */
export const bodyOf = (draft: Draft, instant: (local: string) => string) => ({
  ...draft,
  grid: draft.grid?.code ?? null,
  opensAt: draft.opensAt ? instant(draft.opensAt) : null,
  closesAt: draft.closesAt ? instant(draft.closesAt) : null,
  items: draft.items.map((item) => ({
    kind: item.kind,
    subject: item.kind === 'score' ? item.subject : null,
    scale: item.kind === 'score' ? item.scale : null,
    multiple: item.kind === 'choice' && item.multiple,
    options: item.kind === 'choice' ? options(item) : null,
    required: item.required,
    words: item.words,
    wordsEn: item.wordsEn,
  })),
})

/** A question as the phone shows it. */
export const shownItem = (item: DraftItem, ordinal: number): SurveyItem => ({ ...(bodyOf({ ...newDraft(1), items: [item] }, (text) => text).items[0] as Omit<SurveyItem, 'ordinal'>), ordinal }) as SurveyItem

/** The same list with one item at another place; out of its ends it stays where it is. */
export function moved<T>(items: readonly T[], from: number, to: number): T[] {
  const next = [...items]
  if (to < 0 || to >= next.length) return next
  next.splice(to, 0, ...next.splice(from, 1))
  return next
}
