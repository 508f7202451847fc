import { expect, test } from 'vitest'
import { exactly } from './useItems'

test('what was logged is shown to its last decimal, and no further', () => {
  expect([1.125, 5.6, 12, 0, -0.5, 999.5].map(exactly)).toEqual(['1.125', '5.6', '12', '0', '-0.5', '999.5'])
})
