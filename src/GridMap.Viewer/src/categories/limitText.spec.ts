import { expect, test } from 'vitest'
import { ruleText, type LimitWords } from './limitText'

const words: LimitWords = { limit: (value, unit) => `${value} ${unit}`, severity: (word) => word.toUpperCase(), place: (word) => `@${word}` }

test('a limit by condition says where, how grave and when, and leaves out what does not matter', () => {
  expect(ruleText({ place: '学校', severity: 'severe', fromTime: '22:00:00', toTime: '06:30:00', limitValue: 2, limitUnit: 'hours' }, words)).toBe('@学校 · SEVERE · 22:00–06:30 → 2 hours')
  expect(ruleText({ place: null, severity: null, fromTime: '00:00:00', toTime: '12:00:00', limitValue: 1, limitUnit: 'workdays' }, words)).toBe('00:00–12:00 → 1 workdays')
})
