import type { Category } from '../api/types'

const pairs = (text: string): Set<string> => new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2)))

/** The category whose name has most pairs of letters in common with what was written; null when none has any. It only chooses first, a person decides. */
export function guessCategory(words: string, categories: readonly Pick<Category, 'code' | 'name'>[]): string | null {
  const there = pairs(words)
  let best: { code: string; share: number } | null = null
  for (const { code, name } of categories) {
    const own = pairs(name)
    const share = [...own].filter((pair) => there.has(pair)).length / Math.max(1, own.size)
    if (share > (best?.share ?? 0)) best = { code, share }
  }
  return best?.code ?? null
}
