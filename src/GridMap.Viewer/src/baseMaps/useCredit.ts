import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useSettings } from '../settings/useSettings'
import { useBaseMaps } from './useBaseMaps'

/** What must stand on every picture of the map: approval numbers (the installation's and the base map's) and whom the base map is from. */
export function useCredit() {
  const { t } = useI18n()
  const { settings } = useSettings()
  const { shown } = useBaseMaps()
  const approvals = computed(() => {
    const numbers = new Set([settings.value?.mapApproval, shown.value?.approval].filter(Boolean))
    return numbers.size > 0 ? t('map.approval', { number: [...numbers].join(' · ') }) : ''
  })
  const attribution = computed(() => shown.value?.attribution ?? '')
  return { approvals, attribution }
}
