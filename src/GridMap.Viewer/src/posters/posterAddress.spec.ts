import { expect, test } from 'vitest'
import { posterAddress, type PosterChoice } from './posterAddress'

const plain: PosterChoice = { campaign: 7, paper: 'a3', orientation: null, grid: null, level: null, day: null, layer: 'light', english: false }

test('what is usual is left out, so that the address stays short and means today', () => {
  expect(posterAddress(plain, 'pdf')).toBe('/api/v1/campaigns/7/poster.pdf?paper=a3')
})

test('what was chosen is in it', () => {
  const chosen: PosterChoice = { ...plain, paper: 'a0', orientation: 'portrait', grid: '440605&199', level: 3, day: '2026-11-21', layer: 'percent', english: true }
  expect(posterAddress(chosen, 'png', 1600)).toBe(
    '/api/v1/campaigns/7/poster.png?paper=a0&orientation=portrait&grid=440605%26199&level=3&on=2026-11-21&layer=percent&lang=en&width=1600',
  )
})

test('only a picture has a width', () => {
  expect(posterAddress(plain, 'svg', 1600)).not.toContain('width')
})
