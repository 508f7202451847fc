import { expect, test } from 'vitest'
import { frozenStretches } from './frozenStretches'

test('frozen days on end are one stretch', () => {
  expect(frozenStretches(['a', 'b', null, 'c', null, null, 'd', 'e'])).toEqual([{ from: 0, to: 1 }, { from: 3, to: 3 }, { from: 6, to: 7 }])
  expect(frozenStretches([null, null])).toEqual([])
})
