import { expect, test } from 'vitest'
import { between, moved, resized } from './covers'

test('a box is drawn from any corner, stays on the photo, and a press without a way is none', () => {
  const box = { x: 0.25, y: 0.5, width: 0.25, height: 0.25 }
  expect(between({ x: 0.25, y: 0.5 }, { x: 0.5, y: 0.75 })).toEqual(box)
  expect(between({ x: 0.5, y: 0.75 }, { x: 0.25, y: 0.5 })).toEqual(box)
  expect(between({ x: 0.75, y: 0.75 }, { x: 3, y: 9 })).toEqual({ x: 0.75, y: 0.75, width: 0.25, height: 0.25 })
  expect(between({ x: 0.5, y: 0.5 }, { x: 0.5, y: 0.9 })).toBeNull()
})

test('a box is moved and resized within the photo', () => {
  const box = { x: 0.5, y: 0.5, width: 0.25, height: 0.25 }
  expect(moved(box, 9, -9)).toEqual({ x: 0.75, y: 0, width: 0.25, height: 0.25 })
  expect(resized(box, 9, 0.125)).toEqual({ x: 0.5, y: 0.5, width: 0.5, height: 0.375 })
  expect(resized(box, -9, -9)).toEqual({ x: 0.5, y: 0.5, width: 0.02, height: 0.02 })
})

test('whatever is done to it, a box stays what the service takes', () => {
  let box = { x: 0.1, y: 0.1, width: 0.3, height: 0.2 }
  for (let i = 0; i < 5000; i++) {
    const [dx, dy] = [Math.sin(i) / 3, Math.cos(i * 7) / 3]
    box = i % 2 ? moved(box, dx, dy) : resized(box, dx, dy)
    expect(box.x >= 0 && box.y >= 0 && box.width > 0 && box.height > 0 && box.x + box.width <= 1 + 1e-9 && box.y + box.height <= 1 + 1e-9, JSON.stringify(box)).toBe(true)
  }
})
