import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useEdgeScroll } from './useEdgeScroll'

let frames: (() => void)[] = []
const turn = () => {
  const now = frames
  frames = []
  now.forEach((each) => each())
}

beforeEach(() => {
  frames = []
  vi.stubGlobal('requestAnimationFrame', (each: () => void) => frames.push(each))
  vi.stubGlobal('cancelAnimationFrame', () => (frames = []))
})
afterEach(() => vi.unstubAllGlobals())

const at = (clientX: number, clientY: number) => ({ clientX, clientY }) as MouseEvent

function table(left: number) {
  const moved = vi.fn()
  const scrollBy = vi.fn((_: number, y: number) => {
    const before = left
    left = Math.max(0, left - Math.abs(y))
    return left !== before
  })
  return { moved, scrollBy, scroll: useEdgeScroll({ frame: () => ({ left: 0, right: 500, top: 0, bottom: 300 }), scrollBy }) }
}

test('it goes on while the pointer stays at the edge, and ends where the table ends', () => {
  const { scroll, moved, scrollBy } = table(20)
  scroll.follow(at(250, 299), moved)
  for (let i = 0; i < 20; i++) turn()
  expect(moved.mock.calls.length).toBe(scrollBy.mock.calls.length - 1)
  expect(moved).toHaveBeenCalled()
  expect(frames).toEqual([])
})

test('away from the edge nothing moves, and letting go stops it', () => {
  const { scroll, moved, scrollBy } = table(1000)
  scroll.follow(at(250, 150), moved)
  turn()
  expect(scrollBy).not.toHaveBeenCalled()
  expect(frames).toEqual([])
  scroll.follow(at(250, 299), moved)
  turn()
  expect(moved).toHaveBeenCalledTimes(1)
  scroll.stop()
  turn()
  expect(moved).toHaveBeenCalledTimes(1)
})
