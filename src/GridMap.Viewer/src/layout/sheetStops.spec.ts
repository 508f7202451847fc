import { expect, test } from 'vitest'
import { nearestStop, sheetStops } from './sheetStops'

const stops = sheetStops(730)

test('the stops are in order in any room', () => {
  for (const room of [200, 320, 500, 730, 1200]) {
    const { peek, half, full } = sheetStops(room)
    expect(peek).toBeLessThanOrEqual(half)
    expect(half).toBeLessThanOrEqual(full)
  }
})

test('let go at rest it falls to the nearest', () => {
  expect(nearestStop(stops, stops.half + 20, 0)).toBe('half')
  expect(nearestStop(stops, stops.full - 20, 0.1)).toBe('full')
  expect(nearestStop(stops, stops.peek + 30, -0.1)).toBe('peek')
})

test('a flick goes on in its direction', () => {
  expect(nearestStop(stops, stops.peek + 30, 1)).toBe('half')
  expect(nearestStop(stops, stops.half + 30, 1)).toBe('full')
  expect(nearestStop(stops, stops.full - 10, -1)).toBe('half')
  expect(nearestStop(stops, stops.peek, -1)).toBe('peek')
})
