import { useI18n } from 'vue-i18n'
import { useSettings } from '../settings/useSettings'

/** The configured name of a level in the present language. */
export function useLevelName(): (level: number) => string {
  const { t, locale } = useI18n()
  const { levels } = useSettings()
  return (number) => {
    const level = levels.value.find((each) => each.level === number)
    const name = locale.value === 'en' ? level?.nameEn || level?.name : level?.name
    return name || t('level.n', { n: number })
  }
}
