import type { ChainLink, Permission } from '../api/types'
import { useSession } from './useSession'

/** Whether a permission holds on a grid: on the whole territory, or by a role on the grid or on one that holds it. */
export function useReach() {
  const { me, can, canEverywhere } = useSession()
  return (permission: Permission, chain: readonly Pick<ChainLink, 'id'>[]): boolean =>
    canEverywhere(permission) || (can(permission) && (me.value?.roles ?? []).some(({ gridId }) => chain.some(({ id }) => id === gridId)))
}
