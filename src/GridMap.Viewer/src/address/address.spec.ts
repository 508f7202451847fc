import { expect, test } from 'vitest'
import { emptyAddress, formatAddress, parseAddress, type Address } from './address'

test('an address survives the bar and back', () => {
  const address: Address = {
    camera: { zoom: 13.25, lat: 22.97, lon: 113.12345, bearing: 30 },
    level: 3,
    panel: 'lookup',
    grid: '440605101003',
    issue: 'D20260001',
    at: { lon: 113.123456789, lat: 22.987654321 },
    campaign: 2,
    day: '2026-11-21',
    known: 'now',
    layer: 'percent',
    survey: 4,
    question: 2,
    base: 'tianditu-vec',
    compare: '440605101004',
    wall: true,
    page: 'audit',
    plan: 7,
    then: 'accounts',
    filters: { who: 'a&b', outcome: 'refused' },
    lang: 'en',
  }
  expect(parseAddress(formatAddress(address))).toEqual(address)
})

test('an empty address writes nothing', () => {
  expect(formatAddress(emptyAddress)).toBe('')
  expect(parseAddress('')).toEqual(emptyAddress)
})

test('the place keeps all nine decimals', () => {
  expect(formatAddress({ ...emptyAddress, at: { lon: 113.000000007, lat: 22.5 } })).toBe('at=113.000000007,22.5')
})

test.each(['map=x/1/2', 'map=12/95/113', 'map=12/22', 'map=12//113', 'level=9', 'level=1.5', 'panel=admin', 'at=181,0', 'day=2026-13-40', 'day=yesterday', 'layer=heat', 'known=then', 'base=../x', 'campaign=-1', 'wall=yes', 'page=https://elsewhere.example', 'then=//elsewhere.example', 'f.=1', 'f.who=', 'at=,', 'at=1'])(
  '%s counts as not there',
  (query) => expect(parseAddress(query)).toEqual(emptyAddress),
)

test('what a user typed into a code stays one parameter', () => {
  const grid = 'a&b=c/d 中'
  expect(parseAddress(formatAddress({ ...emptyAddress, grid })).grid).toBe(grid)
})
