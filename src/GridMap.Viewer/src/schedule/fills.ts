import type { Thousandths } from './amounts'
import type { Range } from './selection'

/** A value for a cell of the table as it stands on the screen. */
export interface Filled {
  row: number
  column: number
  amount: Thousandths
}

type Value = (row: number, column: number) => Thousandths

/** Every cell of a range, by a rule. */
export function fill({ top, bottom, left, right }: Range, value: Value): Filled[] {
  const filled: Filled[] = []
  for (let row = top; row <= bottom; row++) for (let column = left; column <= right; column++) filled.push({ row, column, amount: value(row, column) })
  return filled
}

/** The first row over the rows below it; one row alone takes the row above, as spreadsheets do. */
export function fillDown(range: Range, value: Value): Filled[] {
  const from = range.top === range.bottom ? range.top - 1 : range.top
  return from < 0 ? [] : fill({ ...range, top: from + 1 }, (_, column) => value(from, column))
}

/** The first column over those right of it; one column alone takes the one before. */
export function fillRight(range: Range, value: Value): Filled[] {
  const from = range.left === range.right ? range.left - 1 : range.left
  return from < 0 ? [] : fill({ ...range, left: from + 1 }, (row) => value(row, from))
}

/** Each week as the one before the first of the range was. */
export function copyLastWeek(range: Range, value: Value): Filled[] {
  return range.left === 0 ? [] : fill(range, (row) => value(row, range.left - 1))
}

/** What the handle was dragged over: along the longer way only, the pattern of what was selected goes on. */
export function extended(source: Range, row: number, column: number): Range {
  const rows = row > source.bottom ? row - source.bottom : row < source.top ? source.top - row : 0
  const columns = column > source.right ? column - source.right : column < source.left ? source.left - column : 0
  if (rows === 0 && columns === 0) return source
  return rows >= columns
    ? { ...source, top: Math.min(source.top, row), bottom: Math.max(source.bottom, row) }
    : { ...source, left: Math.min(source.left, column), right: Math.max(source.right, column) }
}

export function fillBy(source: Range, target: Range, value: Value): Filled[] {
  const [height, width] = [source.bottom - source.top + 1, source.right - source.left + 1]
  const wrap = (n: number, from: number, size: number) => from + ((((n - from) % size) + size) % size)
  return fill(target, (row, column) => value(wrap(row, source.top, height), wrap(column, source.left, width))).filter(
    ({ row, column }) => row < source.top || row > source.bottom || column < source.left || column > source.right,
  )
}

/** A block laid down at a cell. One value alone fills all that is selected. Null: it would reach beyond the table. */
export function paste(block: readonly (readonly Thousandths[])[], range: Range, rows: number, columns: number): Filled[] | null {
  const first = block[0]?.[0]
  if (first !== undefined && block.length === 1 && block[0]?.length === 1) return fill(range, () => first)
  const width = Math.max(...block.map((line) => line.length))
  if (range.top + block.length > rows || range.left + width > columns) return null
  return block.flatMap((line, row) => line.map((amount, column) => ({ row: range.top + row, column: range.left + column, amount })))
}
