import { expect, test } from 'vitest'
import { lightParts } from './levelBars'

test('the parts of a bar are whole together, the worst light first', () => {
  const parts = lightParts({ grids: 8, green: 4, yellow: 0, red: 3, grey: 1 })
  expect(parts).toEqual([{ light: 'red', count: 3, share: 0.375 }, { light: 'green', count: 4, share: 0.5 }, { light: 'grey', count: 1, share: 0.125 }])
  expect(parts.reduce((sum, { share }) => sum + share, 0)).toBe(1)
})

test('a level without grids has no parts', () => {
  expect(lightParts({ grids: 0, green: 0, yellow: 0, red: 0, grey: 0 })).toEqual([])
})
