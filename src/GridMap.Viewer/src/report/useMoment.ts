import { useI18n } from 'vue-i18n'

/** A moment as a person reads it: day, weekday and time. */
export function useMoment(): (iso: string) => string {
  const { locale } = useI18n()
  return (iso) => new Intl.DateTimeFormat(locale.value, { month: 'short', day: 'numeric', weekday: 'short', hour: '2-digit', minute: '2-digit' }).format(new Date(iso))
}
