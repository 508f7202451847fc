import type { IssueDetail } from '../api/types'

/** What a step must come with; `proof` is a photo of how it is now, or a word why there is none. */
export type StepNeed = 'note' | 'person' | 'original' | 'proof'

export interface IssueStep {
  name: 'claim' | 'rectify' | 'onSpot' | 'pass' | 'fail' | 'file' | 'assign' | 'reject' | 'duplicate' | 'pause' | 'resume' | 'escalate' | 'reopen'
  transition: string
  result: 'pass' | 'fail' | null
  /** Only for who directs issues there: leaders, supervisors, the office. */
  director: boolean
  needs: readonly StepNeed[]
  /** Photos may come with it. */
  photos: boolean
  /** The category and how grave it is may be put right with it. */
  files: boolean
  /** How much it was may come with it. */
  measures: boolean
}

const step = (name: IssueStep['name'], more: Partial<Omit<IssueStep, 'name'>> = {}): IssueStep => ({ name, transition: name, result: null, director: false, needs: [], photos: false, files: false, measures: false, ...more })

const claim = step('claim')
const onSpot = step('onSpot', { transition: 'rectify', photos: true, measures: true })
const rectify = step('rectify', { photos: true, measures: true })
const assign = step('assign', { needs: ['person'] })
const directed = [step('reject', { director: true, needs: ['note'] }), step('duplicate', { director: true, needs: ['original'] })]
const pause = step('pause', { needs: ['note'] })
const resume = step('resume')
const escalate = step('escalate', { needs: ['note'] })
const reopen = step('reopen', { director: true, needs: ['note'] })

const steps: Readonly<Record<IssueDetail['state'], readonly IssueStep[]>> = {
  reported: [claim, onSpot, step('file', { director: true, files: true }), { ...assign, director: true }, ...directed, escalate],
  filed: [claim, onSpot, { ...assign, director: true }, ...directed, pause, resume, escalate],
  claimed: [rectify, assign, pause, resume, escalate],
  rectified: [step('pass', { transition: 'verify', result: 'pass', needs: ['proof'], photos: true, measures: true }), step('fail', { transition: 'verify', result: 'fail', needs: ['note'] })],
  writtenOff: [reopen],
  rejected: [reopen],
  duplicate: [reopen],
}

/** How an issue may go on from where it stands; the service has the table that counts. */
export const nextSteps = ({ state, paused }: Pick<IssueDetail, 'state' | 'paused'>, directs: boolean): readonly IssueStep[] =>
  steps[state].filter(({ name, director }) => (directs || !director) && (name === 'pause' ? !paused : name === 'resume' ? paused : true))
