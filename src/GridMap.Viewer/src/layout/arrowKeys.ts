/** Arrow keys walk the buttons and links of a list, Home and End jump: put it on the list's keydown. */
export function walkWithArrows(event: KeyboardEvent): void {
  const list = event.currentTarget as HTMLElement
  const stops = [...list.querySelectorAll<HTMLElement>('button:not(:disabled), a[href]')]
  const at = stops.indexOf(document.activeElement as HTMLElement)
  const to = { ArrowDown: Math.min(at + 1, stops.length - 1), ArrowUp: Math.max(at - 1, 0), Home: 0, End: stops.length - 1 }[event.key]
  if (to === undefined || at < 0) return
  event.preventDefault()
  stops[to]?.focus()
}
