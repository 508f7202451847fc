import { expect, test } from 'vitest'
import { draftProblem, emptyDraft, lacking, likeLast, logOf, nextZone, readPeople, readQuantity, restOf, stepped } from './logDraft'

const item = (code: string, last: number | null, weekPlanned = 0, weekDone = 0) => ({ item: code, done: 0, last, weekPlanned, weekDone })

test('a quantity is read as it is typed on a phone, and nothing else', () => {
  expect(['12', ' 4,125 ', '0', '.5', '3。5', ''].map(readQuantity)).toEqual([12, 4.125, 0, 0.5, 3.5, undefined])
  expect(['-1', '1.0001', '1e3', 'x', '.', '100000000'].map(readQuantity)).toEqual([null, null, null, null, null, null])
  expect(['6', '', '2.5'].map(readPeople)).toEqual([6, undefined, null])
})

test('steps are exact and end at nought', () => {
  expect(stepped('0.3', 1)).toBe('1.3')
  expect(stepped('', 1)).toBe('1')
  expect(stepped('0.5', -1)).toBe('0')
})

test('the last day is repeated in what was done on it', () => {
  expect(likeLast([item('a', 4), item('b', 0), item('c', null), item('d', -2), item('e', 1.5)])).toEqual({ a: '4', e: '1.5' })
})

test('what the week lacks is never negative, and exact', () => {
  expect(lacking({ weekPlanned: 1, weekDone: 0.9 })).toBe(0.1)
  expect(lacking({ weekPlanned: 1, weekDone: 3 })).toBe(0)
})

test('a log has the figures that were given, noughts among them', () => {
  const draft = { quantities: { a: '0', b: '', c: '2,5' }, people: '7', note: ' x ' }
  expect(draftProblem(draft)).toBeNull()
  expect(logOf('Z', '2026-09-12', ['c', 'b', 'a'], draft, null)).toEqual({ grid: 'Z', day: '2026-09-12', entries: [{ item: 'c', quantity: 2.5 }, { item: 'a', quantity: 0 }], headCount: 7, by: null, note: 'x', corrects: null })
  expect(draftProblem(emptyDraft())).toBe('empty')
  expect(draftProblem({ ...draft, people: 'x' })).toBe('number')
  expect(restOf('Z', '2026-09-12', ['a', 'b'], '', 'me').entries).toEqual([{ item: 'a', quantity: 0 }])
})

test('the next zone is one without a log that does not wait in the phone', () => {
  const zones = ['a', 'b', 'c', 'd'].map((code) => ({ code, logged: code === 'b' }))
  expect(nextZone(zones, 'a', new Set(['c']))).toBe('d')
  expect(nextZone(zones, 'd', new Set())).toBe('a')
  expect(nextZone([{ code: 'a', logged: false }], 'a', new Set())).toBeNull()
})
