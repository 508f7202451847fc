import { expect, test } from 'vitest'
import { spread, spreadOverWeeks } from './spread'

const sum = (parts: readonly number[]) => parts.reduce((all, part) => all + part, 0)

test('the parts add up to the total, and no part is more than a step off its share', () => {
  let seed = 7
  const next = (below: number) => (seed = (seed * 48271) % 2147483647) % below
  for (let round = 0; round < 200; round++) {
    const weights = Array.from({ length: 1 + next(180) }, () => next(90))
    const step = round % 2 ? 1000 : 1
    const total = next(1_000_000) * step
    const parts = spread(total, weights, step)
    if (sum(weights) === 0) continue
    expect(sum(parts)).toBe(total)
    parts.forEach((part, i) => {
      expect(part % step).toBe(0)
      expect(Math.abs(part - (total * (weights[i] ?? 0)) / sum(weights))).toBeLessThan(step)
    })
  }
})

test('whole units go to the largest remainders, equal ones in their order', () => {
  expect(spread(10_000, [1, 1, 1], 1000)).toEqual([4000, 3000, 3000])
  expect(spread(10_000, [52, 31, 17], 1000)).toEqual([5000, 3000, 2000])
  expect(spread(1000, [1, 1, 1], 1)).toEqual([334, 333, 333])
})

test('who has no households gets nothing, and without any nobody does', () => {
  expect(spread(9000, [3, 0, 6], 1000)).toEqual([3000, 0, 6000])
  expect(spread(9000, [0, 0], 1000)).toEqual([0, 0])
  expect(spread(0, [1, 2], 1000)).toEqual([0, 0])
})

test('several weeks together add up to the total', () => {
  const parts = spreadOverWeeks(100_000, 3, [52, 31, 17], 1000)
  expect(parts.map(sum)).toEqual([34_000, 33_000, 33_000])
})
