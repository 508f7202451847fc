import type { Responsible } from '../api/types'

/** Who answers, as the public is told: role and name, or the role alone. The service names the leader first. */
export function whoAnswers(people: readonly Responsible[], role: (role: string) => string): string {
  const [first] = people
  return first ? [role(first.role), first.name].filter(Boolean).join(' ') : ''
}
