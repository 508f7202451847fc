/** What is covered of a photo, in shares of its width and height, as the wire has it. */
export interface Cover {
  x: number
  y: number
  width: number
  height: number
}

/** Nothing smaller can be taken hold of again. */
export const least = 0.02
export const most = 50

const within = (value: number, from: number, to: number) => Math.min(Math.max(value, from), to)

/** The box between two points of the photo, wherever they were; null when it is too small to be meant. */
export function between(a: { x: number; y: number }, b: { x: number; y: number }): Cover | null {
  const [left, right] = [within(Math.min(a.x, b.x), 0, 1), within(Math.max(a.x, b.x), 0, 1)]
  const [top, bottom] = [within(Math.min(a.y, b.y), 0, 1), within(Math.max(a.y, b.y), 0, 1)]
  return right - left < least / 2 || bottom - top < least / 2 ? null : { x: left, y: top, width: right - left, height: bottom - top }
}

/** Moved, and kept on the photo. */
export function moved({ x, y, width, height }: Cover, dx: number, dy: number): Cover {
  return { x: within(x + dx, 0, 1 - width), y: within(y + dy, 0, 1 - height), width, height }
}

/** Made larger or smaller at its lower right corner. */
export function resized({ x, y, width, height }: Cover, dx: number, dy: number): Cover {
  return { x, y, width: within(width + dx, Math.min(least, 1 - x), 1 - x), height: within(height + dy, Math.min(least, 1 - y), 1 - y) }
}
