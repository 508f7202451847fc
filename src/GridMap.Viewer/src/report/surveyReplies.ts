import type { SurveyItem, SurveyReply } from '../api/types'

/** What is answered so far, by the question's number. */
export type Replies = Record<number, Omit<SurveyReply, 'item'>>

const isGiven = ({ value, choices, text }: Omit<SurveyReply, 'item'>): boolean => value != null || (choices?.length ?? 0) > 0 || (text ?? '').trim() !== ''

/** The answers that there are, in the order of the questions, as the service takes them. */
export const given = (items: readonly SurveyItem[], replies: Replies): SurveyReply[] =>
  items.flatMap(({ ordinal, kind }) => {
    const reply = replies[ordinal]
    if (!reply || !isGiven(reply)) return []
    return [kind === 'score' ? { item: ordinal, value: reply.value } : kind === 'choice' ? { item: ordinal, choices: reply.choices } : { item: ordinal, text: reply.text?.trim() }]
  }) as SurveyReply[]

/** The questions that have to be answered and are not. */
export const missing = (items: readonly SurveyItem[], replies: Replies): SurveyItem[] => {
  const there = new Set(given(items, replies).map(({ item }) => item))
  return items.filter(({ required, ordinal }) => required && !there.has(ordinal))
}
