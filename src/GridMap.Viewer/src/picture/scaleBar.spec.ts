import { expect, test } from 'vitest'
import { lengthText, scaleBar } from './scaleBar'

test('the bar has a round length and fits', () => {
  for (let zoom = 8; zoom <= 20; zoom += 0.3) {
    const { metres, pixels } = scaleBar(zoom, 22.9, 120)
    expect(pixels).toBeLessThanOrEqual(120)
    expect(pixels).toBeGreaterThan(120 / 2.6)
    expect(['1', '2', '5']).toContain(String(metres).replace(/\D|0/g, ''))
  }
})

test('at the equator a pixel of zoom 0 is the earth over 512', () => {
  const { metres, pixels } = scaleBar(0, 0, 100)
  expect(metres / pixels).toBeCloseTo(40_075_016.686 / 512)
})

test('lengths are told in metres and kilometres', () => {
  expect([lengthText(500), lengthText(2000)]).toEqual(['500 m', '2 km'])
})
