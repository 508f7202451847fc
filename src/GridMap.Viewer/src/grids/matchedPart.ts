/** A text in pieces, the one that somebody typed marked; in one piece where it was found by something else, such as pinyin. */
export function splitAt(text: string, typed: string): { text: string; matched: boolean }[] {
  const wanted = typed.trim().toLowerCase()
  const lower = text.toLowerCase()
  const at = wanted === '' || lower.length !== text.length ? -1 : lower.indexOf(wanted)
  if (at < 0) return [{ text, matched: false }]
  const pieces = [
    { text: text.slice(0, at), matched: false },
    { text: text.slice(at, at + wanted.length), matched: true },
    { text: text.slice(at + wanted.length), matched: false },
  ]
  return pieces.filter((piece) => piece.text !== '')
}
