import { expect, test } from 'vitest'
import { around } from './usePlace'

test('places of a circle come from the inside out, and none lies beyond it', () => {
  const metres = around({ lon: 113, lat: 23 }, 40).map(([lon, lat]) => Math.hypot((lon - 113) * 111_320 * Math.cos((23 * Math.PI) / 180), (lat - 23) * 111_320))
  expect(metres).toHaveLength(288)
  expect(metres.every((each, i) => i === 0 || each >= (metres[i - 1] ?? 0) - 1e-6)).toBe(true)
  expect(Math.max(...metres)).toBeCloseTo(40, 3)
})
