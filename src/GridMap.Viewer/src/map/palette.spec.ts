import { expect, test } from 'vitest'
import { breaksFor, shareClass, shareColour, shareColours, noShareColour } from './palette'

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
  const breaks = breaksFor(0.7)
  expect(shareClass(0, breaks)).toBe(0)
  expect(shareClass(0.4999, breaks)).toBe(0)
  expect(shareClass(0.5, breaks)).toBe(1)
  expect(shareClass(0.999, breaks)).toBe(5)
  expect(shareClass(1, breaks)).toBe(6)
  expect(shareColours).toHaveLength(breaks.length + 1)
})

test('the classes rise at every stage, and get finer towards the end as less is left', () => {
  const stages = [null, 0, 0.59, 0.6, 0.87, 0.88, 1].map(breaksFor)
  for (const breaks of stages) expect([...breaks].sort((a, b) => a - b)).toEqual(breaks)
  const above90 = stages.map((breaks) => breaks.filter((limit) => limit >= 0.9).length)
  expect([...above90].sort()).toEqual(above90)
  expect(new Set(above90).size).toBe(3)
})

test('no issues is a colour of its own', () => {
  expect(shareColour(null, breaksFor(null))).toBe(noShareColour)
  expect(shareColours).not.toContain(noShareColour)
})
