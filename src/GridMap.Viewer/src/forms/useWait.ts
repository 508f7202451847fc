import { useI18n } from 'vue-i18n'

/** A wait as a person reckons it: seconds up to a minute and a half, minutes beyond. */
export function useWait() {
  const { t } = useI18n()
  return (seconds: number): string => (seconds <= 90 ? t('unit.seconds', { n: seconds }) : t('unit.minutes', { n: Math.ceil(seconds / 60) }))
}
