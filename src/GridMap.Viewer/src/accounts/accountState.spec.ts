import { expect, test } from 'vitest'
import { accountState } from './accountState'

const plain = { disabled: false, lockedUntil: null, mustChange: false, hasPassword: true }
const now = Date.parse('2026-11-21T00:00:00Z')

test('what keeps somebody out comes before what only waits for them', () => {
  expect(accountState(plain, now)).toBe('active')
  expect(accountState({ ...plain, mustChange: true }, now)).toBe('mustChange')
  expect(accountState({ ...plain, mustChange: true, lockedUntil: '2026-11-21T00:01:00Z' }, now)).toBe('locked')
  expect(accountState({ ...plain, lockedUntil: '2026-11-20T23:59:00Z' }, now)).toBe('active')
  expect(accountState({ ...plain, disabled: true, lockedUntil: '2026-11-21T00:01:00Z' }, now)).toBe('disabled')
  expect(accountState({ ...plain, hasPassword: false }, now)).toBe('proxy')
})
