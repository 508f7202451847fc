/** Points of percent with their sign and one decimal; a dot for what did not move, nothing for what is not known. */
export function shareChange(change: number | null | undefined): string {
  if (change == null) return ''
  const points = Math.round(change * 1000) / 10
  return points === 0 ? '·' : `${points > 0 ? '+' : '\u2212'}${Math.abs(points).toFixed(1)}`
}
