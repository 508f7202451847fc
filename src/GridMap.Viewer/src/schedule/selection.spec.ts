import { expect, test } from 'vitest'
import { at, rangeOf, step } from './selection'

const bounds = { rows: 10, columns: 4, page: 5 }
const key = (name: string, more: { shiftKey?: boolean; ctrlKey?: boolean } = {}) => ({ key: name, shiftKey: false, ctrlKey: false, ...more })

test('arrows move within the table and never out of it', () => {
  expect(step(at(0, 0), key('ArrowUp'), bounds)).toEqual(at(0, 0))
  expect(step(at(9, 3), key('ArrowRight'), bounds)).toEqual(at(9, 3))
  expect(step(at(2, 1), key('ArrowDown', { ctrlKey: true }), bounds)).toEqual(at(9, 1))
  expect(step(at(2, 1), key('PageDown'), bounds)).toEqual(at(7, 1))
  expect(step(at(2, 1), key('End', { ctrlKey: true }), bounds)).toEqual(at(9, 3))
})

test('with shift the active cell stays and the other corner moves', () => {
  const two = step(at(2, 2), key('ArrowDown', { shiftKey: true }), bounds)
  const three = two && step(two, key('ArrowLeft', { shiftKey: true }), bounds)
  expect(three).toEqual({ active: { row: 2, column: 2 }, head: { row: 3, column: 1 } })
  expect(three && rangeOf(three)).toEqual({ top: 2, bottom: 3, left: 1, right: 2 })
  expect(three && step(three, key('ArrowDown'), bounds)).toEqual(at(3, 2))
})

test('Tab goes on to the next row and leaves at the ends', () => {
  expect(step(at(0, 3), key('Tab'), bounds)).toEqual(at(1, 0))
  expect(step(at(1, 0), key('Tab', { shiftKey: true }), bounds)).toEqual(at(0, 3))
  expect(step(at(9, 3), key('Tab'), bounds)).toBeNull()
  expect(step(at(0, 0), key('Tab', { shiftKey: true }), bounds)).toBeNull()
})

test('Enter goes down, with shift up', () => {
  expect(step(at(4, 1), key('Enter'), bounds)).toEqual(at(5, 1))
  expect(step(at(4, 1), key('Enter', { shiftKey: true }), bounds)).toEqual(at(3, 1))
})
