import { useI18n } from 'vue-i18n'

/** Days ahead of the plan or behind it, in words. */
export function usePace(): (days: number | null | undefined) => string {
  const { t } = useI18n()
  return (days) => {
    if (days == null) return '–'
    if (days === 0) return t('campaign.onTime')
    return days > 0 ? t('campaign.ahead', { n: days }) : t('campaign.behind', { n: -days })
  }
}
