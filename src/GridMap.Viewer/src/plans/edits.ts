import type { EditBody } from '../api/types'
import type { Place } from './plannedGrid'

export const tools = ['select', 'area', 'create', 'split', 'reshape', 'transfer', 'merge', 'vertex', 'divide', 'measure'] as const
export type Tool = (typeof tools)[number]

/** What the pointer draws for a tool; null: nothing, or not with the drawing tools. */
export const drawing: Readonly<Record<Tool, 'line' | 'area' | null>> = {
  select: null, area: 'area', create: 'area', split: 'line', reshape: 'line', transfer: 'area', merge: null, vertex: null, divide: 'line', measure: 'line',
}

/** Tools that draw without a grid that is chosen first. */
export const startsFree: readonly Tool[] = ['area', 'create', 'measure']

/** Tools that change nothing: they are there on a plan that is published too. */
export const harmless: readonly Tool[] = ['select', 'area', 'measure']

export type Drawn = GeoJSON.LineString | GeoJSON.MultiLineString | GeoJSON.Polygon

/** What the planner has put together so far. It outlives the browser: see useDraft. */
export interface Draft {
  tool: Tool
  level: number
  /** Codes; the first is the grid that the edit is about. */
  chosen: readonly string[]
  drawn: Drawn | null
  /** The vertex that was dragged, and where to. */
  vertex: { at: Place; edgeEnd: Place | null; moveTo: Place } | null
  /** The grid across the border: who gets, or whose border is redrawn; null: free ground. */
  other: string | null
  /** A gap or a sliver that is to be mended, whatever the tool. */
  repair: { level: number; at: Place } | null
  /** A place in the part of a split that keeps the code. */
  keepAt: Place | null
  /** Whole grids that are chosen change hands: their parent, and who gets them. */
  give: { from: string; to: string } | null
  children: 'split' | 'refuse'
  parts: number
  balance: 'area' | 'households' | 'issues'
  seed: number
  name: string
  parent: string | null
}

export const emptyDraft = (level: number): Draft => ({
  tool: 'select', level, chosen: [], drawn: null, vertex: null, other: null, repair: null, keepAt: null, give: null, children: 'split', parts: 2, balance: 'households', seed: 1, name: '', parent: null,
})

/** About ten centimetres. */
const beyond = 1e-6

/**
 * A line that ends on a border goes on a little, so that no rounding leaves it short of it; what lies beyond its grids does not count. The end itself
 * stays a point of the line: it may be a vertex of the plan.
 */
export function overshoot({ coordinates }: GeoJSON.LineString): GeoJSON.LineString {
  const further = (end: GeoJSON.Position, before: GeoJSON.Position): GeoJSON.Position => {
    const [dx, dy] = [(end[0] ?? 0) - (before[0] ?? 0), (end[1] ?? 0) - (before[1] ?? 0)]
    const length = Math.hypot(dx, dy)
    return length === 0 ? end : [(end[0] ?? 0) + (dx / length) * beyond, (end[1] ?? 0) + (dy / length) * beyond]
  }
  const [first, second] = coordinates
  const [last, next] = [coordinates.at(-1), coordinates.at(-2)]
  if (!first || !second || !last || !next) return { type: 'LineString', coordinates }
  return { type: 'LineString', coordinates: [further(first, second), ...coordinates, further(last, next)] }
}

const lines = (drawn: Drawn | null) => (drawn?.type === 'LineString' ? overshoot(drawn) : drawn)

/** The edit that the draft amounts to; null as long as something is missing. */
export function bodyOf(draft: Draft): EditBody | null {
  const { tool, chosen: [grid, ...more], drawn, other, children } = draft
  const geometry = drawn as EditBody['geometry']
  if (draft.repair) return { kind: 'repair', ...draft.repair }
  if (draft.give) return grid ? { kind: 'transfer', ...draft.give, grids: [grid, ...more], children } : null
  switch (tool) {
    case 'split':
      return grid && drawn ? { kind: 'split', grid, geometry: lines(drawn) as EditBody['geometry'], children, ...(draft.keepAt && { keepAt: draft.keepAt }) } : null
    case 'reshape':
      return grid && drawn ? { kind: 'reshape', grid, neighbour: other, geometry: lines(drawn) as EditBody['geometry'], children } : null
    case 'transfer':
      return grid && drawn && other ? { kind: 'transfer', from: grid, to: other, geometry, children } : null
    case 'merge':
      return grid && more.length > 0 ? { kind: 'merge', keep: grid, grids: more, allowApart: false } : null
    case 'vertex':
      return draft.vertex && { kind: 'moveVertex', at: draft.vertex.at, moveTo: draft.vertex.moveTo, ...(draft.vertex.edgeEnd && { edgeEnd: draft.vertex.edgeEnd }) }
    case 'divide':
      return grid ? { kind: 'divide', grid, parts: draft.parts, balance: draft.balance, seed: draft.seed, ...(drawn && { geometry }) } : null
    case 'create':
      return drawn && draft.name.trim() ? { kind: 'create', level: draft.level, parent: draft.parent, name: draft.name.trim(), geometry } : null
    default:
      return null
  }
}

/** Whether an edit in the plan is the one that was sent: its answer may have been lost on the way. */
export function isSame(sent: EditBody, stored: unknown): boolean {
  if (typeof stored !== 'object' || stored === null) return false
  const has = stored as Record<string, unknown>
  return Object.entries(sent).every(([name, value]) => value === undefined || JSON.stringify(has[name] ?? null) === JSON.stringify(value ?? null))
}
