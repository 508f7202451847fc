import type { IssueDetail } from '../api/types'

export interface IssueStep {
  name: 'claim' | 'rectify' | 'pass' | 'fail'
  transition: 'claim' | 'rectify' | 'verify'
  result: 'pass' | 'fail' | null
}

const steps: Readonly<Record<IssueDetail['state'], readonly IssueStep[]>> = {
  reported: [{ name: 'claim', transition: 'claim', result: null }],
  claimed: [{ name: 'rectify', transition: 'rectify', result: null }],
  rectified: [{ name: 'pass', transition: 'verify', result: 'pass' }, { name: 'fail', transition: 'verify', result: 'fail' }],
  writtenOff: [],
}

/** How an issue may go on from a state; the service has the table that counts. */
export const nextSteps = (state: IssueDetail['state']): readonly IssueStep[] => steps[state]
