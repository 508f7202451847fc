import { expect, test } from 'vitest'
import { fitted } from './shrinkPhoto'

test.each([
  [4000, 3000, 1600, 1200],
  [3000, 4000, 1200, 1600],
  [1600, 900, 1600, 900],
  [640, 480, 640, 480],
  [8000, 2, 1600, 1],
])('%i x %i becomes %i x %i', (width, height, w, h) => expect(fitted(width, height)).toEqual({ width: w, height: h }))
