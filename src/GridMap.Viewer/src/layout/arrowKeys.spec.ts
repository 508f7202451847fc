// @vitest-environment happy-dom
import { beforeEach, expect, test } from 'vitest'
import { walkWithArrows } from './arrowKeys'

const press = (key: string) => document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
const focused = () => document.activeElement?.textContent

beforeEach(() => {
  document.body.innerHTML = '<ol><li><button>a</button></li><li><button disabled>x</button></li><li><button>b</button></li><li><a href="#">c</a></li></ol>'
  document.querySelector('ol')?.addEventListener('keydown', walkWithArrows)
  document.querySelector('button')?.focus()
})

test('arrows walk over what can be pressed and stop at the ends', () => {
  const walked = ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'Home', 'ArrowUp', 'End'].map((key) => (press(key), focused()))
  expect(walked).toEqual(['b', 'c', 'c', 'b', 'a', 'a', 'c'])
})

test('other keys are left alone', () => {
  const event = new KeyboardEvent('keydown', { key: 'Tab', bubbles: true, cancelable: true })
  document.activeElement?.dispatchEvent(event)
  expect(event.defaultPrevented).toBe(false)
})
