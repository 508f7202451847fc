import { useI18n } from 'vue-i18n'
import { rhythmOf } from './ruleText'

/** A recurrence rule in words. */
export function useRuleWords() {
  const { t } = useI18n()
  return (rule: string): string => {
    const rhythm = rhythmOf(rule)
    if (!rhythm) return t('arrangement.other', { rule })
    return rhythm.kind === 'weekly'
      ? t('arrangement.each', { days: rhythm.days.map((day) => t(`weekdays.${day}`)).join('、') })
      : t('arrangement.eachMonth', { days: rhythm.days.map((day) => (day === -1 ? t('arrangement.monthEnd') : day)).join('、') })
  }
}
