/** Days on end that are frozen, by the index of the first and the last. */
export function frozenStretches(frozen: readonly (string | null)[]): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = []
  frozen.forEach((moment, i) => {
    const last = found.at(-1)
    if (moment === null) return
    if (last && last.to === i - 1) last.to = i
    else found.push({ from: i, to: i })
  })
  return found
}
