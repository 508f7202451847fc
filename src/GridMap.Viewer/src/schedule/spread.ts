import type { Thousandths } from './amounts'

/**
 * Shares a total out by weights so that the parts add up to it exactly, in steps of so many thousandths: each gets its share rounded
 * down, and the steps that are left go to the largest remainders, the first of equal ones first. Without any weight all get nothing.
 */
export function spread(total: Thousandths, weights: readonly number[], step: Thousandths): Thousandths[] {
  const sum = weights.reduce((all, weight) => all + weight, 0)
  if (sum <= 0 || total <= 0) return weights.map(() => 0)
  const steps = BigInt(Math.round(total / step))
  const whole = BigInt(sum)
  const shares = weights.map((weight, i) => {
    const product = steps * BigInt(weight)
    return { i, steps: product / whole, rest: product % whole }
  })
  let left = Number(steps - shares.reduce((all, share) => all + share.steps, 0n))
  for (const share of [...shares].sort((a, b) => (a.rest === b.rest ? a.i - b.i : a.rest > b.rest ? -1 : 1))) {
    if (left-- <= 0) break
    share.steps += 1n
  }
  return shares.map((share) => Number(share.steps) * step)
}

/** Over several weeks: first over the weeks in equal parts, then each week's part over the zones. By week, then zone. */
export function spreadOverWeeks(total: Thousandths, weeks: number, weights: readonly number[], step: Thousandths): Thousandths[][] {
  return spread(total, Array.from({ length: weeks }, () => 1), step).map((part) => spread(part, weights, step))
}
