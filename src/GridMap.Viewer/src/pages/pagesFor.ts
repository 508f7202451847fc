import type { Page } from '../address/address'
import type { Permission } from '../api/types'

/** What one must be allowed to open a page; null: to be signed in. Sign-in is for everybody. A page `within` another is not in the menu. */
export const needs: Readonly<Record<Exclude<Page, 'signin'>, { permission: Permission; everywhere?: boolean; within?: Page } | null>> = {
  me: null,
  worklog: { permission: 'log-work' },
  issues: { permission: 'handle-issues' },
  progress: { permission: 'see-people' },
  statistics: { permission: 'see-people' },
  campaigns: { permission: 'run-campaigns' },
  schedule: { permission: 'run-campaigns' },
  resources: { permission: 'see-people' },
  hotline: { permission: 'handle-issues', within: 'issues' },
  inbox: null,
  security: null,
  people: { permission: 'see-people' },
  staff: { permission: 'exchange-people' },
  points: { permission: 'direct-issues' },
  surveys: { permission: 'direct-issues' },
  plans: { permission: 'plan' },
  plan: { permission: 'plan', within: 'plans' },
  categories: { permission: 'direct-issues', everywhere: true },
  calendar: { permission: 'direct-issues', everywhere: true },
  accounts: { permission: 'manage-accounts', everywhere: true },
  keys: { permission: 'manage-accounts', everywhere: true },
  audit: { permission: 'see-audit' },
}

export interface Rights {
  can: (permission: Permission) => boolean
  canEverywhere: (permission: Permission) => boolean
}

export function mayOpen(page: Page, { can, canEverywhere }: Rights): boolean {
  const need = page === 'signin' ? null : needs[page]
  return !need || (need.everywhere ? canEverywhere(need.permission) : can(need.permission))
}

/** The pages of somebody who is signed in, in the order of the menu. */
export const pagesFor = (rights: Rights): Page[] => (Object.keys(needs) as Page[]).filter((page) => page !== 'signin' && !needs[page]?.within && mayOpen(page, rights))
