import { readAmount, type Thousandths } from './amounts'

export interface PasteError {
  /** As a spreadsheet counts, in the block: from 1. */
  row: number
  column: number
  text: string
}

export interface PastedBlock {
  rows: (Thousandths | null)[][]
  errors: PasteError[]
}

/** The cells of a block from a spreadsheet: lines of tabs, a cell in quotes where it holds a line end. Spreadsheets end the last line too. */
export function cellsOf(text: string): string[][] {
  const lines = text.replace(/(\r\n|\n|\r)$/, '')
  const rows: string[][] = [[]]
  const cell = /"((?:[^"]|"")*)"(?=[\t\r\n]|$)|[^\t\r\n]*/y
  const border = /\t|\r\n|\n|\r/y
  for (let at = 0; ; ) {
    cell.lastIndex = at
    const [whole = '', quoted] = cell.exec(lines) ?? []
    rows.at(-1)?.push(quoted === undefined ? whole : quoted.replace(/""/g, '"'))
    border.lastIndex = at + whole.length
    const end = border.exec(lines)
    if (!end) return rows
    if (end[0] !== '\t') rows.push([])
    at = border.lastIndex
  }
}

export function readBlock(text: string): PastedBlock {
  const errors: PasteError[] = []
  const rows = cellsOf(text).map((cells, row) => cells.map((cell, column) => {
    const amount = readAmount(cell)
    if (amount === null) errors.push({ row: row + 1, column: column + 1, text: cell })
    return amount
  }))
  return { rows, errors }
}
