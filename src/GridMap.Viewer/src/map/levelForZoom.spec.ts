import { expect, test } from 'vitest'
import type { Level } from '../api/types'
import { levelForZoom } from './levelForZoom'

const level = (number: number, grids: number): Level => ({ level: number, name: '', nameEn: '', grids })
const township = [level(1, 1), level(2, 16), level(3, 96), level(4, 384)]
const bbox = [113.08, 22.94, 113.18, 23.0]

test('inner levels appear as one zooms in, and never the other way round', () => {
  const chosen = Array.from({ length: 61 }, (_, i) => levelForZoom(township, bbox, 5 + i * 0.25) ?? 0)
  expect(chosen[0]).toBe(1)
  expect(chosen.at(-1)).toBe(4)
  expect([...chosen].sort((a, b) => a - b)).toEqual(chosen)
  expect(new Set(chosen)).toEqual(new Set([1, 2, 3, 4]))
})

test('one grid alone is filled only from so far away that the next level is specks', () => {
  expect(levelForZoom(township, bbox, 8)).toBe(1)
  expect(levelForZoom(township, bbox, 11)).toBe(2)
  expect(levelForZoom([level(1, 1)], bbox, 14)).toBe(1)
})

test('a level without grids is never chosen', () => {
  expect(levelForZoom([level(1, 1), level(2, 0)], bbox, 18)).toBe(1)
  expect(levelForZoom([level(1, 0)], bbox, 12)).toBeNull()
})
