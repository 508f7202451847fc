import { expect, test } from 'vitest'
import { edgeStep } from './edgeScroll'

const frame = { left: 200, right: 1000, top: 100, bottom: 700 }

test('in the middle nothing moves', () => {
  expect(edgeStep({ x: 600, y: 400 }, frame)).toEqual({ x: 0, y: 0 })
  expect(edgeStep({ x: 228, y: 672 }, frame)).toEqual({ x: 0, y: 0 })
})

test.each([
  ['right', { x: 995, y: 400 }, 1, 0],
  ['left', { x: 205, y: 400 }, -1, 0],
  ['lower', { x: 600, y: 695 }, 0, 1],
  ['upper', { x: 600, y: 105 }, 0, -1],
  ['lower right', { x: 995, y: 695 }, 1, 1],
])('at the %s edge it moves that way', (_, pointer, x, y) => {
  const step = edgeStep(pointer, frame)
  expect([Math.sign(step.x), Math.sign(step.y)]).toEqual([x, y])
})

test('it is faster farther out, and never too fast to follow', () => {
  const speeds = [690, 700, 760, 5000].map((y) => edgeStep({ x: 600, y }, frame).y)
  expect(speeds).toEqual([...speeds].sort((a, b) => a - b))
  expect(speeds[3]).toBe(28)
})

test('a table that is lower than two edges moves towards the nearer one', () => {
  const low = { ...frame, bottom: 130 }
  expect(Math.sign(edgeStep({ x: 600, y: 102 }, low).y)).toBe(-1)
  expect(Math.sign(edgeStep({ x: 600, y: 128 }, low).y)).toBe(1)
})
