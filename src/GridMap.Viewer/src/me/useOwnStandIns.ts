import { computed } from 'vue'
import { api, take } from '../api/client'
import type { Duty } from '../api/types'
import { useLoad } from '../api/useLoad'
import { useEvents } from '../events/useEvents'
import { useSession } from '../session/useSession'

/** Who stands in for oneself, now or soon, on one's own grids; for those who may see people. */
export function useOwnStandIns() {
  const { me, can } = useSession()
  const { on } = useEvents()
  const question = computed(() => {
    const codes = can('see-people') ? [...new Set((me.value?.roles ?? []).filter(({ standIn }) => !standIn).flatMap(({ grid }) => grid?.code ?? []))] : []
    return codes.length > 0 ? codes.join(' ') : null
  })
  const load = useLoad(question, async (codes, signal) => {
    const lists = await Promise.all(codes.split(' ').map((grid) => take(api.GET('/api/v1/duties', { params: { query: { grid, all: true, limit: 500 } }, signal, cache: 'no-store' }))))
    return lists.flatMap(({ items }): Duty[] => items).filter(({ standsInFor, to }) => standsInFor?.person.id === me.value?.personId && (to === null || Date.parse(to) > Date.now()))
  })
  on('duty', () => void load.reload())
  return { standIns: computed(() => load.data.value ?? []), reload: load.reload }
}
