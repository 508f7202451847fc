import { ringsOf, type Place, type PlannedGrid } from './plannedGrid'

export interface Pixel {
  x: number
  y: number
}

/** What the pointer took hold of: a vertex of the plan, or a place on one of its edges. */
export type Hold = { at: Place; edgeEnd: null } | { at: Place; edgeEnd: Place; on: Place }

/** Where on the screen a place is. */
export type Project = (place: Place) => Pixel

const vertexPixels = 11
const edgePixels = 8

/**
 * The vertex of the plan nearest to the pointer, else the edge, within a few pixels; null where nothing is near. The pixels decide only what
 * the planner meant: what is handed on is the vertex itself, to the last digit.
 */
export function holdNear(grids: Iterable<PlannedGrid>, pointer: Pixel, project: Project, reach = { vertex: vertexPixels, edge: edgePixels }): Hold | null {
  const most = Math.max(reach.vertex, reach.edge)
  let vertex: { at: Place; distance: number } | null = null
  let edge: { from: Place; to: Place; share: number; distance: number } | null = null
  for (const { bbox: [west, south, east, north], geometry } of grids) {
    const low = project([west, south])
    const high = project([east, north])
    if (pointer.x < Math.min(low.x, high.x) - most || pointer.x > Math.max(low.x, high.x) + most) continue
    if (pointer.y < Math.min(low.y, high.y) - most || pointer.y > Math.max(low.y, high.y) + most) continue
    for (const ring of ringsOf(geometry)) {
      let before: { place: Place; pixel: Pixel } | null = null
      for (const position of ring) {
        const place = position as Place
        const pixel = project(place)
        const distance = Math.hypot(pixel.x - pointer.x, pixel.y - pointer.y)
        if (distance <= reach.vertex && (!vertex || distance < vertex.distance)) vertex = { at: place, distance }
        if (before) {
          const near = alongEdge(before.pixel, pixel, pointer)
          if (near.distance <= reach.edge && (!edge || near.distance < edge.distance)) edge = { from: before.place, to: place, ...near }
        }
        before = { place, pixel }
      }
    }
  }
  if (vertex) return { at: vertex.at, edgeEnd: null }
  if (!edge) return null
  const { from, to, share } = edge
  return { at: from, edgeEnd: to, on: [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share] }
}

/** Where a point of the drawing goes: onto the vertex or the edge that is near. */
export const placeOf = (hold: Hold): Place => (hold.edgeEnd ? hold.on : hold.at)

function alongEdge(from: Pixel, to: Pixel, pointer: Pixel): { share: number; distance: number } {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = dx * dx + dy * dy
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((pointer.x - from.x) * dx + (pointer.y - from.y) * dy) / length))
  return { share, distance: Math.hypot(from.x + dx * share - pointer.x, from.y + dy * share - pointer.y) }
}
