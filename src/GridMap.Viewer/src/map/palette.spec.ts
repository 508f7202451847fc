import { expect, test } from 'vitest'
import { shareBreaks, shareClass, shareColour, shareColours, noShareColour } from './palette'

/** OKLab (Ottosson 2020) of an sRGB colour: the space in which equal distances look equal. */
function oklab(hex: string): [l: number, a: number, b: number] {
  const linear = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
  const mix = (x: number, y: number, z: number) => x * (linear[0] ?? 0) + y * (linear[1] ?? 0) + z * (linear[2] ?? 0)
  const l = Math.cbrt(mix(0.4122214708, 0.5363325363, 0.0514459929))
  const m = Math.cbrt(mix(0.2119034982, 0.6806995451, 0.1073969566))
  const s = Math.cbrt(mix(0.0883024619, 0.2817188376, 0.6299787005))
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

const labs = shareColours.map(oklab)

test('the seven steps get darker evenly', () => {
  const steps = labs.slice(1).map(([l], i) => (labs[i]?.[0] ?? 0) - l)
  const mean = steps.reduce((sum, step) => sum + step, 0) / steps.length
  for (const step of steps) expect(Math.abs(step - mean) / mean).toBeLessThan(0.05)
})

test('the seven steps are one hue', () => {
  const hues = labs.map(([, a, b]) => (Math.atan2(b, a) * 180) / Math.PI)
  expect(Math.max(...hues) - Math.min(...hues)).toBeLessThan(6)
})

test('a share falls into the class that the legend names', () => {
  expect(shareClass(0)).toBe(0)
  expect(shareClass(0.1499)).toBe(0)
  expect(shareClass(0.15)).toBe(1)
  expect(shareClass(0.9)).toBe(6)
  expect(shareClass(1)).toBe(6)
  expect(shareColours).toHaveLength(shareBreaks.length + 1)
})

test('no issues is a colour of its own', () => {
  expect(shareColour(null)).toBe(noShareColour)
  expect(shareColours).not.toContain(noShareColour)
})
