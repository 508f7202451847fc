import { computed } from 'vue'
import { useAddress } from '../address/useAddress'

/** What the address says of the page: which tab, which day (null: today), which zone. The map has a day of its own: nobody logs for it by accident. */
export function useLogAddress() {
  const address = useAddress()
  const filter = (name: string) => computed(() => address.state.filters[name] ?? null)
  const day = computed(() => {
    const text = address.state.filters['day'] ?? ''
    return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : null
  })

  /** A step; null takes away. */
  function go(step: Record<string, string | null>): void {
    const filters = Object.fromEntries(Object.entries({ ...address.state.filters, ...step }).filter((each): each is [string, string] => each[1] !== null))
    address.go({ page: 'worklog', filters })
  }

  return { day, zone: filter('zone'), tab: filter('tab'), listing: computed(() => address.state.filters['list'] === '1'), go }
}
