import type { MyRole, Role } from '../api/types'

export const roles: readonly Role[] = ['grid_leader', 'grid_worker', 'supervisor', 'volunteer', 'inspector', 'planner', 'campaign_office', 'viewer', 'integrator', 'admin']

/** Roles that may be held without a grid, and then reach the whole territory. */
export const territoryWide: readonly Role[] = ['admin', 'campaign_office', 'planner', 'inspector', 'viewer', 'integrator']

/** Who gives what: the service holds the table that counts; this one leaves out of a list what it would refuse. */
const gives: Partial<Record<Role, readonly Role[]>> = {
  admin: roles,
  campaign_office: ['grid_leader', 'grid_worker', 'supervisor', 'volunteer', 'inspector', 'viewer'],
  grid_leader: ['grid_worker', 'volunteer'],
}

/** The roles that somebody may give to others on some grid, in the order of the list. */
export function givableRoles(held: readonly Pick<MyRole, 'role'>[]): Role[] {
  const all = new Set(held.flatMap(({ role }) => gives[role] ?? []))
  return roles.filter((role) => all.has(role))
}
