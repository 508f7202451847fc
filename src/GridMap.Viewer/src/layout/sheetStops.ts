export type SheetStop = 'peek' | 'half' | 'full'

/** Where the sheet rests, in pixels, in a room of this height: the map always keeps a strip at the top. */
export function sheetStops(room: number): Record<SheetStop, number> {
  const full = Math.max(200, room - 56)
  const half = Math.min(full, Math.round(room * 0.5))
  return { peek: Math.min(half, 176), half, full }
}

const order: readonly SheetStop[] = ['peek', 'half', 'full']
/** Pixels a millisecond above which a flick decides, not the place. */
const flick = 0.5

/** Where it goes when it is let go: to the nearest stop, or with a flick to the next one in its direction. */
export function nearestStop(stops: Record<SheetStop, number>, height: number, speed: number): SheetStop {
  if (speed > flick) return order.find((stop) => stops[stop] > height + 1) ?? 'full'
  if (speed < -flick) return [...order].reverse().find((stop) => stops[stop] < height - 1) ?? 'peek'
  return order.reduce((best, stop) => (Math.abs(stops[stop] - height) < Math.abs(stops[best] - height) ? stop : best))
}
