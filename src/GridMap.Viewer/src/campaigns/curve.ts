/**
 * A line through shares by day, in a box of width x height with 100 % at its top; `span` is the number of days from its
 * left edge to its right. Days without a value are left out. `end` is the last point, null without any.
 */
export function curve(values: readonly (number | null)[], span: number, width: number, height: number): { line: string; end: { x: number; y: number } | null } {
  const points = values.flatMap((value, i) => (value === null ? [] : [{ x: (i / Math.max(1, span)) * width, y: height - Math.min(1, Math.max(0, value)) * height }]))
  return { line: points.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('') || 'M0 0', end: points.at(-1) ?? null }
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
