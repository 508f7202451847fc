import { useI18n } from 'vue-i18n'
import type { LimitWords } from './limitText'

export const severities = ['minor', 'normal', 'severe'] as const
export const limitUnits = ['hours', 'workhours', 'workdays'] as const
export const kinds = ['village', 'community', 'enterprise', 'special'] as const

/** Limits and their conditions in the present language. */
export function useLimitWords(): LimitWords {
  const { t } = useI18n()
  return {
    limit: (value, unit) => t(`category.limitIn.${unit}`, { n: value }),
    severity: (word) => t(`severity.${word}`),
    place: (word) => ((kinds as readonly string[]).includes(word) ? t(`kind.${word}`) : word),
  }
}
