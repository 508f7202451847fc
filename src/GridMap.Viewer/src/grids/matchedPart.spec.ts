import { expect, test } from 'vitest'
import { splitAt } from './matchedPart'

const shown = (text: string, typed: string) => splitAt(text, typed).map((piece) => (piece.matched ? `[${piece.text}]` : piece.text)).join('')

test.each([
  ['T1.2.a', 't1.2', '[T1.2].a'],
  ['Grid 3', ' 3 ', 'Grid [3]'],
  ['Grid 3', 'grid 3', '[Grid 3]'],
  ['Grid 3', 'wg', 'Grid 3'],
  ['Grid 3', '', 'Grid 3'],
  ['\u0130x', 'x', '\u0130x'],
])('%s, searched by "%s", is shown as %s', (text, typed, as) => expect(shown(text, typed)).toBe(as))
