import { useI18n } from 'vue-i18n'

const systems = [['iphone|ipad', 'iOS'], ['android', 'Android'], ['windows', 'Windows'], ['mac os', 'macOS'], ['linux', 'Linux']] as const
const browsers = [['micromessenger', 'WeChat'], ['edg', 'Edge'], ['firefox', 'Firefox'], ['chrom(e|ium)', 'Chrome'], ['safari', 'Safari']] as const

/** What a browser calls itself, said in two words; what is not known, as it is. */
export function deviceOf(userAgent: string): string | null {
  const find = (names: readonly (readonly [string, string])[]) => names.find(([word]) => new RegExp(word, 'i').test(userAgent))?.[1]
  const [browser, system] = [find(browsers), find(systems)]
  return browser || system ? [browser, system].filter(Boolean).join(' · ') : userAgent || null
}

export function useDevice() {
  const { t } = useI18n()
  return (userAgent: string): string => deviceOf(userAgent) ?? t('session.unknownDevice')
}
