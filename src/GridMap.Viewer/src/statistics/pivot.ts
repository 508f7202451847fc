import type { WriteOffBoard } from '../api/types'

type Line = WriteOffBoard['items'][number]
export type Figures = Line['figures']
export type Quantity = Line['quantities'][number]

/** What a row or a column stands for. */
export const axes = ['grid', 'heading', 'category', 'day', 'week', 'month'] as const
export type Axis = (typeof axes)[number]

/** What is counted. */
export const measures = ['reported', 'open', 'overdue', 'writtenOff', 'fixed', 'late', 'returned', 'reopened', 'quantity', 'mended'] as const
export type Measure = (typeof measures)[number]

/** Figures of one cell with the quantities, each unit by itself. */
export interface Sum {
  figures: Partial<Record<keyof Figures, number>>
  quantities: ReadonlyMap<string, Quantity>
}

export interface Pivot {
  rows: readonly string[]
  columns: readonly string[]
  cell: (row: string, column: string) => Sum | null
  row: (row: string) => Sum
  column: (column: string) => Sum
  total: Sum
}

const isTime = (axis: Axis | null): axis is 'day' | 'week' | 'month' => axis === 'day' || axis === 'week' || axis === 'month'

/** What the service is asked so that its lines hold both axes. Two axes of one sort are refused: the finer one would be lost. */
export function questionOf(row: Axis, column: Axis | null): { byCategory: boolean; categoryLevel: number; period?: 'day' | 'week' | 'month' } {
  const pair = [row, column]
  const time = pair.find(isTime)
  return { byCategory: pair.includes('category') || pair.includes('heading'), categoryLevel: pair.includes('category') ? 2 : 1, ...(time && { period: time }) }
}

/** Whether two axes can stand beside each other. */
export function crosses(row: Axis, column: Axis): boolean {
  const sort = (axis: Axis) => (axis === 'grid' ? 'grid' : isTime(axis) ? 'time' : 'category')
  return sort(row) !== sort(column)
}

const keyOf = (line: Line, axis: Axis | null): string => (axis === null ? '' : axis === 'grid' ? (line.grid?.code ?? '') : isTime(axis) ? (line.period ?? '') : (line.category ?? ''))

export const nothing: Sum = { figures: {}, quantities: new Map() }

function add(a: Sum, line: Pick<Line, 'figures' | 'quantities'>): Sum {
  const figures = { ...a.figures }
  for (const [name, n] of Object.entries(line.figures) as [keyof Figures, number][]) figures[name] = (figures[name] ?? 0) + n
  const quantities = new Map(a.quantities)
  for (const one of line.quantities) {
    const was = quantities.get(one.unit)
    quantities.set(one.unit, was ? { unit: one.unit, reported: was.reported + one.reported, writtenOff: was.writtenOff + one.writtenOff, unmeasured: was.unmeasured + one.unmeasured } : one)
  }
  return { figures, quantities }
}

/** The board's lines crossed: every total is the sum of its cells. */
export function pivot(board: Pick<WriteOffBoard, 'items'>, row: Axis, column: Axis | null): Pivot {
  const [cells, rows, columns] = [new Map<string, Sum>(), new Map<string, Sum>(), new Map<string, Sum>()]
  let total = nothing
  const into = (sums: Map<string, Sum>, key: string, line: Line) => sums.set(key, add(sums.get(key) ?? nothing, line))
  for (const line of board.items) {
    const [r, c] = [keyOf(line, row), keyOf(line, column)]
    into(cells, `${r}\n${c}`, line)
    into(rows, r, line)
    into(columns, c, line)
    total = add(total, line)
  }
  // What lies in no grid comes last.
  const inOrder = (sums: Map<string, Sum>) => [...sums.keys()].sort((a, b) => Number(a === '') - Number(b === '') || (a < b ? -1 : 1))
  return {
    rows: inOrder(rows),
    columns: column === null ? [] : inOrder(columns),
    cell: (r, c) => cells.get(`${r}\n${c}`) ?? null,
    row: (r) => rows.get(r) ?? nothing,
    column: (c) => columns.get(c) ?? nothing,
    total,
  }
}

/** One number to sort and shade by; of quantities the sum of a cell's only unit, else null. */
export function valueOf(sum: Sum | null, measure: Measure): number | null {
  if (!sum) return 0
  if (measure !== 'quantity' && measure !== 'mended') return sum.figures[measure] ?? 0
  const [one, ...more] = [...sum.quantities.values()]
  return one && more.length === 0 ? (measure === 'quantity' ? one.reported : one.writtenOff) : sum.quantities.size === 0 ? 0 : null
}

/** What the number of a cell is counted in, so that only like is compared with like; empty for issues. */
export const unitOf = (sum: Sum | null, measure: Measure): string => (measure === 'quantity' || measure === 'mended' ? [...(sum?.quantities.keys() ?? [])].join(' ') : '')
