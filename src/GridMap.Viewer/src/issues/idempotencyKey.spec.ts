import { expect, test } from 'vitest'
import { idempotencyKey } from './idempotencyKey'

const uuid4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

test('a secure page uses the browser’s own', () => {
  expect(idempotencyKey()).toMatch(uuid4)
})

test.each([0x00, 0xff, 0x5a])('a plain http page makes a version 4 UUID of random bytes (%i)', (fill) => {
  const source = { getRandomValues: <T extends ArrayBufferView | null>(array: T) => (array as unknown as Uint8Array).fill(fill) as unknown as T }
  expect(idempotencyKey(source as Pick<Crypto, 'getRandomValues'>)).toMatch(uuid4)
})

test('two keys differ', () => {
  const source = { getRandomValues: crypto.getRandomValues.bind(crypto) }
  expect(idempotencyKey(source)).not.toBe(idempotencyKey(source))
})
