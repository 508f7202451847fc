import type { Level } from '../api/types'

/** Below this mean side a grid is a speck: its name would not fit, and its colour could not be told. */
const smallestSide = 76
/** A level of one grid compares nothing: the next is better as long as its grids can be told apart at all. */
const smallestComparable = 30

/**
 * The level to fill at a zoom: the innermost whose grids are on the mean large enough on screen. The mean side is
 * that of a square with the territory's envelope divided among the level's grids; good enough to choose a level by.
 */
export function levelForZoom(levels: readonly Level[], bbox: readonly number[], zoom: number, smallest: number = smallestSide): number | null {
  const [west = 0, south = 0, east = 0, north = 0] = bbox
  const world = 512 * 2 ** zoom
  const width = ((east - west) / 360) * world
  const height = mercatorY(south) * world - mercatorY(north) * world
  const present = levels.filter((level) => level.grids > 0).sort((a, b) => a.level - b.level)
  let chosen: number | null = null
  let alone = true
  for (const { level, grids } of present) {
    const side = Math.sqrt((width * height) / grids)
    if (chosen === null || side >= (alone ? smallestComparable : smallest)) chosen = level
    alone = alone && grids === 1
  }
  return chosen
}

/** Web Mercator, 0 at the north edge of the world and 1 at the south. */
function mercatorY(lat: number): number {
  const sin = Math.sin((lat * Math.PI) / 180)
  return 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)
}
