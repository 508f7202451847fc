import polylabel from 'polylabel'
import type { GridChange } from '../api/types'

export type Ground = GeoJSON.Polygon | GeoJSON.MultiPolygon
export type Place = [lon: number, lat: number]
export type Box = [west: number, south: number, east: number, north: number]

/** A grid as the plan has it, with its polygon to the last digit: what is drawn on, never a tile. */
export interface PlannedGrid {
  id: number
  code: string
  name: string
  level: number
  kind: string
  parent: string | null
  areaSquareMetres: number
  attributes: Readonly<Record<string, unknown>>
  changed: boolean
  reNoded: boolean
  locked: boolean
  geometry: Ground
  bbox: Box
}

export const householdsOf = ({ attributes }: Pick<PlannedGrid, 'attributes'>): number | null => {
  const households = attributes['households']
  return typeof households === 'number' ? households : null
}

/** From a feature of `/plans/{id}/grids`. */
export function fromFeature({ id, properties, geometry }: GeoJSON.Feature): PlannedGrid {
  const ground = geometry as Ground
  return { ...(properties as Omit<PlannedGrid, 'id' | 'geometry' | 'bbox'>), id: Number(id), geometry: ground, bbox: boxOf(ground) }
}

/** The grids after an edit: what it changed takes the place of what was. Marks (changed, locked) are those of before until they are asked for anew. */
export function after(grids: ReadonlyMap<number, PlannedGrid>, changes: readonly GridChange[]): Map<number, PlannedGrid> {
  const next = new Map(grids)
  for (const { id, level, change, after: side } of changes) {
    if (!side) {
      next.delete(id)
      continue
    }
    const before = grids.get(id)
    const geometry = side.geometry as unknown as Ground
    next.set(id, {
      id, level, code: side.code, name: side.name, kind: side.kind, parent: side.parent, areaSquareMetres: side.areaSquareMetres,
      attributes: side.attributes as unknown as Record<string, unknown>,
      changed: true, reNoded: change === 'reNoded' && (before?.reNoded ?? true), locked: before?.locked ?? false, geometry, bbox: boxOf(geometry),
    })
  }
  return next
}

export const ringsOf = (ground: Ground): GeoJSON.Position[][] => (ground.type === 'Polygon' ? ground.coordinates : ground.coordinates.flat())

export function boxOf(ground: Ground): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const ring of ringsOf(ground)) {
    for (const [lon = 0, lat = 0] of ring) {
      west = Math.min(west, lon)
      south = Math.min(south, lat)
      east = Math.max(east, lon)
      north = Math.max(north, lat)
    }
  }
  return [west, south, east, north]
}

export function boxAround(grids: readonly { bbox: Box }[]): Box | null {
  if (grids.length === 0) return null
  return grids.reduce<Box>(([w, s, e, n], { bbox: [west, south, east, north] }) => [Math.min(w, west), Math.min(s, south), Math.max(e, east), Math.max(n, north)], [Infinity, Infinity, -Infinity, -Infinity])
}

/** Grids of the same level that have an edge in common with this one: edges match vertex for vertex. */
export function neighboursOf(grid: PlannedGrid, grids: Iterable<PlannedGrid>): PlannedGrid[] {
  const key = ([lon, lat]: GeoJSON.Position) => `${lon},${lat}`
  const edges = new Set<string>()
  for (const ring of ringsOf(grid.geometry)) for (let i = 1; i < ring.length; i++) edges.add(`${key(ring[i] ?? [])} ${key(ring[i - 1] ?? [])}`)
  const [west, south, east, north] = grid.bbox
  const found: PlannedGrid[] = []
  for (const other of grids) {
    if (other.level !== grid.level || other.id === grid.id) continue
    const [w, s, e, n] = other.bbox
    if (w > east || e < west || s > north || n < south) continue
    if (ringsOf(other.geometry).some((ring) => ring.some((position, i) => i > 0 && edges.has(`${key(ring[i - 1] ?? [])} ${key(position)}`)))) found.push(other)
  }
  return found
}

/** The place of a grid that is farthest from its borders, in its widest part. */
export function widestOf({ geometry, bbox: [west, south, east, north] }: Pick<PlannedGrid, 'geometry' | 'bbox'>): Place {
  const parts = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  const largest = parts.reduce((best, part) => (breadth(part) > breadth(best) ? part : best))
  const [lon = 0, lat = 0] = polylabel(largest as [number, number][][], Math.max(east - west, north - south) / 50)
  return [lon, lat]
}

function breadth(part: GeoJSON.Position[][]): number {
  const lons = part.flat().map(([lon = 0]) => lon)
  return Math.max(...lons) - Math.min(...lons)
}
