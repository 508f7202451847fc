import { expect, test } from 'vitest'
import { readMonthDays, rhythmOf, ruleOf } from './ruleText'

test('what the form writes it reads again', () => {
  for (const rhythm of [{ kind: 'weekly', days: ['TU'] }, { kind: 'weekly', days: ['MO', 'SU'] }, { kind: 'monthly', days: [1, 15] }, { kind: 'monthly', days: [-1] }] as const) expect(rhythmOf(ruleOf(rhythm))).toEqual(rhythm)
})

test('a rule that says more stays as it is', () => {
  for (const rule of ['FREQ=DAILY', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', 'FREQ=MONTHLY;BYDAY=-1FR', 'FREQ=WEEKLY;BYDAY=XX', 'FREQ=MONTHLY;BYMONTHDAY=0']) expect(rhythmOf(rule)).toBeNull()
})

test('days of the month are read as people write them', () => {
  expect(readMonthDays('1,15')).toEqual([1, 15])
  expect(readMonthDays('１，１５')).toEqual([1, 15])
  expect(readMonthDays(' 1、 15 、15')).toEqual([1, 15])
  expect(readMonthDays('-1')).toEqual([-1])
  for (const wrong of ['', 'x', '0', '32', '1.5', '1,x']) expect(readMonthDays(wrong)).toBeNull()
})
