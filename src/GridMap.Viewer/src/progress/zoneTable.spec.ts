import { expect, test } from 'vitest'
import type { ProgressRow } from '../api/types'
import { shareChange } from './shareChange'
import { dayIn, levelIn, lightCounts, lightNamed, orLast, rowsOf } from './zoneTable'

const row = (code: string | null, light: ProgressRow['light']) => ({ code, light }) as ProgressRow
const rows = [row('a', 'red'), row('b', 'green'), row('c', 'red')]

test('each light is counted, those that nobody has too', () => {
  expect(lightCounts(rows)).toEqual({ red: 2, yellow: 0, green: 1, grey: 0 })
})

test('one light leaves its rows in their order, all lights keep what is in no row', () => {
  const rest = row(null, 'grey')
  expect(rowsOf({ rows, notDivided: rest }, 'red').map(({ code }) => code)).toEqual(['a', 'c'])
  expect(rowsOf({ rows, notDivided: rest }, null)).toEqual([...rows, rest])
  expect(rowsOf({ rows, notDivided: null }, null)).toEqual(rows)
})

test('an address that names no light, level or day of the campaign means the usual one', () => {
  expect([lightNamed('red'), lightNamed('blue'), lightNamed(undefined)]).toEqual(['red', null, null])
  expect([levelIn(3, '2'), levelIn(3, '4'), levelIn(3, '0'), levelIn(3, '1.5'), levelIn(3, undefined)]).toEqual([2, 3, 3, 3, 3])
  const day = (asked?: string) => dayIn('2026-03-01', '2026-05-31', asked, '2026-05-20')
  expect([day('2026-04-01'), day('2026-01-01'), day('2027-01-01'), day('tomorrow'), day()]).toEqual(['2026-04-01', '2026-03-01', '2026-05-31', '2026-05-20', '2026-05-20'])
})

test('what is not known sorts below nought', () => {
  expect([0.2, null, 0].sort((a, b) => orLast(a) - orLast(b))).toEqual([null, 0, 0.2])
})

test('a change says its sign, a dot when nothing moved, and nothing when it is not known', () => {
  expect([0.0321, -0.005, 0, 0.0004, null].map(shareChange)).toEqual(['+3.2', '\u22120.5', '·', '·', ''])
})
