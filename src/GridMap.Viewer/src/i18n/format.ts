import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useSettings } from '../settings/useSettings'

/** Narrow, and no place to break a line. */
const thinSpace = '\u202f'

/** Whole percent, rounded down: 99.6 % is not yet all. */
export function percent(share: number): string {
  return `${Math.floor(share * 100 + 1e-9)}%`
}

/** Digits in groups of three with a thin gap. */
export function grouped(value: number, decimals = 0): string {
  const [whole = '', fraction] = value.toFixed(decimals).split('.')
  const groups = whole.replace(/\B(?=(\d{3})+(?!\d))/g, thinSpace)
  return fraction ? `${groups}.${fraction}` : groups
}

/** A distance as a person says it: metres below a kilometre, one decimal above. */
export function metres(distance: number): string {
  if (distance < 1) return '<1 m'
  if (distance < 1000) return `${Math.round(distance)} m`
  return `${grouped(distance / 1000, 1)} km`
}

export function coordinates(point: { lon: number; lat: number }): string {
  return `${point.lon.toFixed(6)}, ${point.lat.toFixed(6)}`
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Dates in the language of the page and the time zone of the service. */
export function useFormat() {
  const { locale } = useI18n()
  const { settings } = useSettings()
  const zone = computed(() => settings.value?.timeZone ?? 'Asia/Shanghai')

  const usual = { month: 'short', day: 'numeric', weekday: 'short' } as const
  const dates = computed(() => new Intl.DateTimeFormat(locale.value, { timeZone: zone.value, ...usual }))
  const withYear = computed(() => new Intl.DateTimeFormat(locale.value, { timeZone: zone.value, year: 'numeric', ...usual }))
  const years = computed(() => new Intl.DateTimeFormat('en', { timeZone: zone.value, year: 'numeric' }))
  const clocks = computed(() => new Intl.DateTimeFormat(locale.value, { timeZone: zone.value, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }))
  const relatives = computed(() => new Intl.RelativeTimeFormat(locale.value, { numeric: 'always' }))

  const nows = computed(() => new Intl.RelativeTimeFormat(locale.value, { numeric: 'auto' }))

  /** The year is told when it is not this one. */
  function date(iso: string, now: number = Date.now()): string {
    const at = new Date(iso)
    const format = years.value.format(at) === years.value.format(now) ? dates.value : withYear.value
    if (!locale.value.startsWith('zh')) return format.format(at)
    const parts = format.formatToParts(at)
    const weekday = parts.find(({ type }) => type === 'weekday')?.value ?? ''
    return parts.map(({ value }) => value).join('').replace(weekday, ` ${weekday}`).replace('  ', ' ')
  }

  function dateTime(iso: string): string {
    return `${date(iso)} ${clocks.value.format(new Date(iso))}`
  }

  /** Relative within a day, the date beyond it. */
  function when(iso: string, now: number = Date.now()): string {
    const away = Date.parse(iso) - now
    if (Math.abs(away) >= day) return date(iso)
    if (Math.abs(away) >= hour) return relatives.value.format(Math.round(away / hour), 'hour')
    return Math.abs(away) < minute ? nows.value.format(0, 'second') : relatives.value.format(Math.round(away / minute), 'minute')
  }

  return { date, dateTime, when }
}
