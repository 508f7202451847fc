import type { IssueListItem, StateCounts } from '../api/types'

/** The states that are counted, and that have a mark of their own. */
export const issueStates = ['reported', 'claimed', 'rectified', 'writtenOff'] as const
export type IssueState = (typeof issueStates)[number]

/** The mark under which a state of the wire is shown: filed is still waiting to be claimed, and what was rejected is closed. */
export function shownState(state: string): IssueState {
  const own = issueStates.find((each) => each === state)
  return own ?? (state === 'rejected' || state === 'duplicate' ? 'writtenOff' : 'reported')
}

export function openCount(counts: StateCounts): number {
  return counts.reported + counts.claimed + counts.rectified
}

export function totalCount(counts: StateCounts): number {
  return openCount(counts) + counts.writtenOff
}

/** The share of issues written off, or null where there are none: no issues is neither 0 % nor 100 %. */
export function writtenOffShare(counts: StateCounts | undefined | null): number | null {
  if (!counts) return null
  const total = totalCount(counts)
  return total === 0 ? null : counts.writtenOff / total
}

/** Open ones first, among them the overdue, then what is due soonest; written-off ones after, the latest first. */
export function byUrgency(a: IssueListItem, b: IssueListItem): number {
  const closed = Number(isClosed(a)) - Number(isClosed(b))
  if (closed !== 0) return closed
  if (isClosed(a)) return b.reportedAt.localeCompare(a.reportedAt)
  return Number(b.overdue) - Number(a.overdue) || a.dueAt.localeCompare(b.dueAt)
}

function isClosed(issue: IssueListItem): boolean {
  return shownState(issue.state) === 'writtenOff'
}
