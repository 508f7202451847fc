export type TermState = 'now' | 'toCome' | 'over' | 'calledOff'

/** Where a term [from, to) stands; one that ends as it begins was called off. */
export function termState(term: { from: string; to: string | null }, now: number = Date.now()): TermState {
  const [from, to] = [Date.parse(term.from), term.to === null ? Infinity : Date.parse(term.to)]
  if (to <= from) return 'calledOff'
  if (now < from) return 'toCome'
  return now < to ? 'now' : 'over'
}
