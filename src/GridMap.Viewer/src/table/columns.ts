/** A column of a table: how a cell reads and how it sorts. */
export interface Column<Row> {
  key: string
  title: string
  text: (row: Row) => string
  /** What the column sorts by; the text by default. */
  by?: (row: Row) => string | number
  /** False for columns that only hold buttons. */
  sorts?: boolean
}

export interface Sorting {
  key: string
  down: boolean
}

/** The rows that hold every word of the filter, in the order of a column; rows that are equal there keep their order. */
export function arrange<Row>(rows: readonly Row[], columns: readonly Column<Row>[], filter: string, sorting: Sorting | null, locale: string): Row[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  const kept = words.length === 0 ? [...rows] : rows.filter((row) => {
    const text = columns.map((column) => column.text(row)).join('\n').toLowerCase()
    return words.every((word) => text.includes(word))
  })
  const column = columns.find(({ key }) => key === sorting?.key)
  if (!column || !sorting) return kept
  const { compare } = new Intl.Collator(locale, { numeric: true })
  const by = column.by ?? column.text
  return kept.sort((a, b) => {
    const [left, right] = [by(a), by(b)]
    const order = typeof left === 'number' && typeof right === 'number' ? left - right : compare(String(left), String(right))
    return sorting.down ? -order : order
  })
}

/** As a spreadsheet takes it from the clipboard: cells apart by tabs, rows by line ends, neither within a cell. */
export function asCells<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const cell = (text: string) => text.replace(/[\t\r\n]+/g, ' ').trim()
  const lines = [columns.map(({ title }) => cell(title)), ...rows.map((row) => columns.map((column) => cell(column.text(row))))]
  return lines.map((line) => line.join('\t')).join('\n')
}
