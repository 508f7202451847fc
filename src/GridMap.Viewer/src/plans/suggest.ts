import pointInPolygon from 'point-in-polygon-hao'
import type { Drawn } from './edits'
import { boxOf, ringsOf, widestOf, type Box, type PlannedGrid } from './plannedGrid'

/** About ten metres: a drawing that comes no nearer to a grid is not about it. */
const near = 1e-4

/** 1 inside, 0 on the border, -1 outside. Only ever a guess at what is meant: the service decides what lies where. */
export function sideOf({ geometry, bbox }: Pick<PlannedGrid, 'geometry' | 'bbox'>, [lon = 0, lat = 0]: GeoJSON.Position): 1 | 0 | -1 {
  if (!within(bbox, lon, lat)) return -1
  const parts = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  const sides = parts.map((part) => pointInPolygon([lon, lat], part as [number, number][][]))
  return sides.includes(true) ? 1 : sides.includes(0) ? 0 : -1
}

/** The grid on the other side of what was drawn: the one that it runs through, else the one at whose border it begins and ends; null for free ground. */
export function otherSide(drawn: Drawn, neighbours: readonly PlannedGrid[]): string | null {
  const points = pointsOf(drawn)
  let best: { code: string; inside: number; away: number } | null = null
  for (const grid of neighbours) {
    const inside = points.filter((point) => sideOf(grid, point) === 1).length
    const ends = drawn.type === 'LineString' ? [points[0] ?? [], points.at(-1) ?? []].map((end) => distance(grid, end)) : [Math.min(...points.map((point) => distance(grid, point)))]
    const away = ends.reduce((sum, each) => sum + each, 0)
    if (inside === 0 && away > near) continue
    if (!best || inside > best.inside || (inside === best.inside && away < best.away)) best = { code: grid.code, inside, away }
  }
  return best?.code ?? null
}

/** The grid of the outer level in which most of the drawing lies. */
export function parentFor(drawn: Drawn, outer: readonly PlannedGrid[]): string | null {
  const points = pointsOf(drawn)
  const counts = outer.map((grid) => ({ code: grid.code, inside: points.filter((point) => sideOf(grid, point) >= 0).length }))
  const most = counts.reduce<{ code: string; inside: number } | null>((best, each) => (each.inside > (best?.inside ?? 0) ? each : best), null)
  return most?.code ?? null
}

/** Codes of the grids that lie in a drawn area, with the point in their widest place. */
export function gridsIn(area: GeoJSON.Polygon, grids: readonly PlannedGrid[]): string[] {
  const bbox = boxOf(area)
  return grids.filter((grid) => sideOf({ geometry: area, bbox }, widestOf(grid)) >= 0).map(({ code }) => code)
}

const pointsOf = (drawn: Drawn): GeoJSON.Position[] => (drawn.type === 'LineString' ? drawn.coordinates : drawn.coordinates.flat())

const within = ([west, south, east, north]: Box, lon: number, lat: number): boolean => lon >= west && lon <= east && lat >= south && lat <= north

/** In degrees, to the nearest edge. */
function distance({ geometry }: PlannedGrid, [x = 0, y = 0]: GeoJSON.Position): number {
  let least = Infinity
  for (const ring of ringsOf(geometry)) {
    for (let i = 1; i < ring.length; i++) {
      const [[ax = 0, ay = 0] = [], [bx = 0, by = 0] = []] = [ring[i - 1], ring[i]]
      const [dx, dy] = [bx - ax, by - ay]
      const length = dx * dx + dy * dy
      const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length))
      least = Math.min(least, Math.hypot(ax + dx * share - x, ay + dy * share - y))
    }
  }
  return least
}
