import { useI18n } from 'vue-i18n'
import type { CampaignItem } from '../api/types'
import { grouped } from '../i18n/format'
import { unitName } from '../i18n/units'
import { useCampaigns } from './useCampaigns'

/** The campaign's work items by code, with names in the present language. */
export function useItems() {
  const { locale } = useI18n()
  const { campaign } = useCampaigns()
  const itemOf = (code: string): CampaignItem | undefined => campaign.value?.items.find((item) => item.code === code)

  function nameOf(code: string): string {
    const item = itemOf(code)
    return (locale.value === 'en' ? item?.nameEn || item?.name : item?.name) ?? code
  }

  return { nameOf, unitOf: (code: string) => unitName(itemOf(code)?.unit ?? '', locale.value), weightOf: (code: string) => itemOf(code)?.weight ?? 0 }
}

/** A quantity as it was logged, to the last of its three decimals: what is corrected must be seen whole. */
export function exactly(value: number): string {
  const decimals = String(Math.round(Math.abs(value) * 1000) / 1000).split('.')[1]?.length ?? 0
  return grouped(value, decimals)
}

/** A quantity with as many decimals as it needs, three at most: what was logged is exact. */
export function quantity(value: number): string {
  const rounded = Math.round(value * 1000) / 1000
  const decimals = Number.isInteger(rounded) || Math.abs(rounded) >= 1000 ? 0 : Math.abs(rounded) >= 10 ? 1 : 2
  return grouped(rounded, decimals)
}
