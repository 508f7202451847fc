import { expect, test } from 'vitest'
import { inSystems, zoneOf } from './coordinateSystems'

test('the zone is that of the nearest central meridian', () => {
  expect(zoneOf(113.2)).toEqual({ zone: 38, meridian: 114 })
  expect(zoneOf(112.4)).toEqual({ zone: 37, meridian: 111 })
})

test('on the central meridian the plane has a false easting of 500 km', () => {
  const { plane, gcj02 } = inSystems({ lon: 114, lat: 23 })
  expect(plane).toMatch(/^38: 500000\.00 E, 2544\d{3}\.\d\d N$/)
  expect(gcj02).not.toBe('114.000000, 23.000000')
})
