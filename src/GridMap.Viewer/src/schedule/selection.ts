export interface Cell {
  row: number
  column: number
}

/** The active cell, and the other corner of what is selected. */
export interface Selection {
  active: Cell
  head: Cell
}

/** Both corners are in it. */
export interface Range {
  top: number
  bottom: number
  left: number
  right: number
}

export interface Bounds {
  rows: number
  columns: number
  /** Rows that a page has. */
  page: number
}

export const at = (row: number, column: number): Selection => ({ active: { row, column }, head: { row, column } })

export function rangeOf({ active, head }: Selection): Range {
  return {
    top: Math.min(active.row, head.row),
    bottom: Math.max(active.row, head.row),
    left: Math.min(active.column, head.column),
    right: Math.max(active.column, head.column),
  }
}

export const isSingle = ({ active, head }: Selection): boolean => active.row === head.row && active.column === head.column

export function within({ row, column }: Cell, { rows, columns }: Bounds): Cell {
  return { row: Math.max(0, Math.min(rows - 1, row)), column: Math.max(0, Math.min(columns - 1, column)) }
}

/** Where a key leads, as in a spreadsheet; null: it leads nowhere. */
export function step(selection: Selection, { key, shiftKey, ctrlKey }: { key: string; shiftKey: boolean; ctrlKey: boolean }, bounds: Bounds): Selection | null {
  const from = shiftKey && key !== 'Tab' && key !== 'Enter' ? selection.head : selection.active
  const to = target(from, key, shiftKey, ctrlKey, bounds)
  if (!to) return null
  const cell = within(to, bounds)
  return shiftKey && key !== 'Tab' && key !== 'Enter' ? { active: selection.active, head: cell } : { active: cell, head: cell }
}

function target({ row, column }: Cell, key: string, shift: boolean, ctrl: boolean, { rows, columns, page }: Bounds): Cell | null {
  switch (key) {
    case 'ArrowUp':
      return { row: ctrl ? 0 : row - 1, column }
    case 'ArrowDown':
      return { row: ctrl ? rows - 1 : row + 1, column }
    case 'ArrowLeft':
      return { row, column: ctrl ? 0 : column - 1 }
    case 'ArrowRight':
      return { row, column: ctrl ? columns - 1 : column + 1 }
    case 'Home':
      return { row: ctrl ? 0 : row, column: 0 }
    case 'End':
      return { row: ctrl ? rows - 1 : row, column: columns - 1 }
    case 'PageUp':
      return { row: row - page, column }
    case 'PageDown':
      return { row: row + page, column }
    case 'Enter':
      return { row: row + (shift ? -1 : 1), column }
    case 'Tab': {
      // A row ends in the next one; the first and the last cell let the focus out of the table.
      const next = row * columns + column + (shift ? -1 : 1)
      return next < 0 || next >= rows * columns ? null : { row: Math.floor(next / columns), column: next % columns }
    }
    default:
      return null
  }
}
