import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import { api, take } from '../api/client'
import type { PresentPlanner } from '../api/types'

const every = 10_000
const mostGrids = 20

/** Says that the plan is open here, and with what in hand; hears who else has it open. A missed beat is made up by the next. */
export function usePresence(plan: Readonly<Ref<number>>, chosen: () => readonly string[]) {
  const others = shallowRef<readonly PresentPlanner[]>([])

  async function beat(): Promise<void> {
    try {
      const answer = await take(api.PUT('/api/v1/plans/{id}/presence', { params: { path: { id: plan.value } }, body: { grids: chosen().slice(0, mostGrids) } }))
      others.value = answer.others
    } catch {
      others.value = []
    }
  }

  const timer = setInterval(() => void beat(), every)
  watch([plan, () => chosen().join()], () => void beat(), { immediate: true })
  onScopeDispose(() => clearInterval(timer))
  return { others }
}
