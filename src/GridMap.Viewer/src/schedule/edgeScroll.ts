/** A rectangle on the screen. */
export interface Frame {
  left: number
  right: number
  top: number
  bottom: number
}

/** So near to an edge, in pixels, the table begins to move. */
const near = 18
/** Pixels a frame at the edge itself, and at most beyond it. */
const slow = 6
const fast = 28

const along = (at: number, low: number, high: number): number => {
  const depth = Math.max(low + near - at, at - (high - near))
  if (depth <= 0) return 0
  const speed = Math.min(fast, Math.ceil((slow * depth) / near))
  return at < (low + high) / 2 ? -speed : speed
}

/** How far a table moves in one frame while the pointer is dragged at its edge or beyond it: faster the farther out. */
export const edgeStep = ({ x, y }: { x: number; y: number }, { left, right, top, bottom }: Frame): { x: number; y: number } => ({ x: along(x, left, right), y: along(y, top, bottom) })
