import { expect, it } from 'vitest'
import { occasionOf } from './ledger'

const t = (key: string, values: Record<string, string | number>) => `${key} ${Object.values(values).join()}`
const entry = { reward: null, ruleName: '按时整改', ruleNameEn: 'Fixed in time', corrects: null, step: 'verify' }

it('tells a score, what takes it back, and what the office put right', () => {
  expect(occasionOf(entry, 'zh-CN', t)).toBe('按时整改')
  expect(occasionOf({ ...entry, corrects: 7, step: 'reopen' }, 'en', t)).toBe('Fixed in time · points.takenBack 7')
  expect(occasionOf({ ...entry, corrects: 7, step: null }, 'en', t)).toBe('Fixed in time · points.correction 7')
})

it('tells a reward and its return', () => {
  const reward = { ...entry, reward: '雨伞', ruleName: null, ruleNameEn: null, step: null }
  expect(occasionOf(reward, 'en', t)).toBe('雨伞')
  expect(occasionOf({ ...reward, corrects: 3 }, 'en', t)).toBe('points.returned 雨伞')
})
