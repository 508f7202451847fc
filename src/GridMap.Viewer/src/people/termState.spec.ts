import { expect, test } from 'vitest'
import { termState } from './termState'

const now = Date.parse('2026-11-21T00:00:00Z')
test.each([
  ['2026-11-20T00:00:00Z', null, 'now'],
  ['2026-11-21T00:00:00Z', null, 'now'],
  ['2026-11-20T00:00:00Z', '2026-11-21T00:00:00Z', 'over'],
  ['2026-11-22T00:00:00Z', null, 'toCome'],
  ['2026-11-22T00:00:00Z', '2026-11-22T00:00:00Z', 'calledOff'],
])('%s to %s is %s', (from, to, state) => expect(termState({ from, to }, now)).toBe(state))
