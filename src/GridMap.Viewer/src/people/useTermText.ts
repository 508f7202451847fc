import { useI18n } from 'vue-i18n'
import { noonOf } from '../campaigns/campaignDays'
import { useFormat } from '../i18n/format'
import { useSettings } from '../settings/useSettings'
import { dayOf, lastDayOf } from '../time/zonedTime'

/** The term of a duty as days: its first, and its last or that it is open. */
export function useTermText() {
  const { t } = useI18n()
  const { date, dateTime } = useFormat()
  const { settings } = useSettings()
  const zone = () => settings.value?.timeZone ?? 'Asia/Shanghai'

  const from = (iso: string): string => date(iso)
  const to = (iso: string | null | undefined): string => {
    if (iso == null) return t('duty.open')
    const day = lastDayOf(iso, zone())
    return day ? date(noonOf(day)) : dateTime(iso)
  }
  const term = (begin: string, end: string | null | undefined): string => (end == null ? t('duty.since', { from: from(begin) }) : t('duty.term', { from: from(begin), to: to(end) }))
  const today = (): string => dayOf(new Date().toISOString(), zone())
  return { from, to, term, today, zone }
}
