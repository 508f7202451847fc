import type { Account } from '../api/types'

export type AccountState = 'disabled' | 'locked' | 'mustChange' | 'proxy' | 'active'

/** The one thing about an account that matters most now. */
export function accountState(account: Pick<Account, 'disabled' | 'lockedUntil' | 'mustChange' | 'hasPassword'>, now: number = Date.now()): AccountState {
  if (account.disabled) return 'disabled'
  if (account.lockedUntil && Date.parse(account.lockedUntil) > now) return 'locked'
  if (account.mustChange) return 'mustChange'
  return account.hasPassword ? 'active' : 'proxy'
}
