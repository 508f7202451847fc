import { expect, test } from 'vitest'
import { nextSteps } from './nextSteps'

const names = (...asked: Parameters<typeof nextSteps>) => nextSteps(...asked).map(({ name }) => name)

test('who handles an issue takes it up or mends it at once; who directs it may do more', () => {
  expect(names({ state: 'reported', paused: false }, false)).toEqual(['claim', 'onSpot', 'escalate'])
  expect(names({ state: 'reported', paused: false }, true)).toEqual(['claim', 'onSpot', 'file', 'assign', 'reject', 'duplicate', 'escalate'])
  expect(names({ state: 'writtenOff', paused: false }, false)).toEqual([])
})

test('a clock that stands can be let run, and one that runs be stopped', () => {
  expect(names({ state: 'claimed', paused: false }, false)).toEqual(['rectify', 'assign', 'pause', 'escalate'])
  expect(names({ state: 'claimed', paused: true }, false)).toEqual(['rectify', 'assign', 'resume', 'escalate'])
})
