import { computed, ref, watch, type Ref } from 'vue'
import { plainAmount, type Thousandths } from './amounts'
import { copyLastWeek, fill, fillBy, fillDown, fillRight, paste, type Filled } from './fills'
import { readBlock, type PasteError } from './pasteBlock'
import type { CellChange } from './scheduleBook'
import type { ScheduleLine } from './scheduleRows'
import type { ScheduleWeek } from './scheduleWeeks'
import { at, rangeOf, within, type Range, type Selection } from './selection'
import type { ScheduleWork } from './useSchedule'

/** What an edit did, to be told where it is not what one sees anyway. */
export type EditNews =
  | { kind: 'sums'; cells: number }
  | { kind: 'notNumbers'; errors: readonly PasteError[] }
  | { kind: 'tooLarge' }
  | { kind: 'left'; cells: number }
  | { kind: 'firstWeek' }

/** The table's cells as they stand on the screen, and the commands that change them. */
export function useScheduleEditing(work: ScheduleWork, lines: Ref<readonly ScheduleLine[]>, weeks: Ref<readonly ScheduleWeek[]>, tell: (news: EditNews) => void) {
  const selection = ref<Selection>(at(0, 0))
  const range = computed(() => rangeOf(selection.value))
  const bounds = computed(() => ({ rows: lines.value.length, columns: weeks.value.length, page: 12 }))
  const line = computed(() => lines.value[selection.value.active.row] ?? null)
  const week = computed(() => weeks.value[selection.value.active.column] ?? null)

  // Folded or narrowed, the table keeps to the grid and item that one was at.
  let kept = ''
  watch(line, (now) => now && (kept = now.key), { flush: 'sync' })
  const shape = () => `${weeks.value[0]?.monday} ${weeks.value.length} ${lines.value.map(({ key }) => key).join()}`
  watch(shape, () => {
    const row = lines.value.findIndex(({ key }) => key === kept)
    const { active } = selection.value
    selection.value = at(row >= 0 ? row : Math.min(active.row, Math.max(0, lines.value.length - 1)), Math.min(active.column, Math.max(0, weeks.value.length - 1)))
  }, { flush: 'sync' })

  /** A parent shows the sum of what is inside, unless something is planned for itself. */
  function value(row: number, column: number): Thousandths {
    const [one, of, book] = [lines.value[row], weeks.value[column], work.book.value]
    if (!one || !of || !book) return 0
    const own = book.amount(one.grid.code, one.item, of.monday)
    return own > 0 || one.grid.isZone ? own : book.inside(one.grid.code, one.item, of.monday)
  }

  function mayEdit(row: number, column: number): boolean {
    const [one, of] = [lines.value[row], weeks.value[column]]
    return !!one && !!of && (one.grid.isZone || (work.book.value?.hasEntry(one.grid.code, one.item, of.monday) ?? false))
  }

  /** Sums are left out, and their number told. */
  function apply(cells: readonly Filled[], seen?: Thousandths): void {
    const open = cells.filter(({ row, column }) => mayEdit(row, column))
    work.change(open.flatMap(({ row, column, amount }): CellChange[] => {
      const [one, of] = [lines.value[row], weeks.value[column]]
      return one && of ? [{ grid: one.grid.code, item: one.item, week: of.monday, amount, ...(seen !== undefined && { seen }) }] : []
    }))
    const sums = cells.length - open.length
    if (sums > 0) tell({ kind: 'sums', cells: sums })
  }

  /** Answers whether it is a number of cells that the table holds. */
  function pasteText(text: string): boolean {
    const { rows, errors } = readBlock(text)
    if (errors.length > 0) {
      tell({ kind: 'notNumbers', errors })
      return false
    }
    const cells = paste(rows as Thousandths[][], range.value, bounds.value.rows, bounds.value.columns)
    if (!cells) {
      tell({ kind: 'tooLarge' })
      return false
    }
    apply(cells)
    if (rows.length > 1 || (rows[0]?.length ?? 0) > 1) {
      const { top, left } = range.value
      const head = within({ row: top + rows.length - 1, column: left + Math.max(...rows.map((cells) => cells.length)) - 1 }, bounds.value)
      selection.value = { active: { row: top, column: left }, head }
    }
    return true
  }

  function copyText(): string {
    const { top, bottom, left, right } = range.value
    const columns = Array.from({ length: right - left + 1 }, (_, i) => left + i)
    return Array.from({ length: bottom - top + 1 }, (_, i) => columns.map((column) => plainAmount(value(top + i, column))).join('\t')).join('\n')
  }

  /** The selection's weeks as the week before them was; for all lines, the active week alone. */
  function lastWeek(all: boolean): void {
    const of: Range = all ? { top: 0, bottom: bounds.value.rows - 1, left: selection.value.active.column, right: selection.value.active.column } : range.value
    const cells = copyLastWeek(of, value)
    if (cells.length === 0) tell({ kind: 'firstWeek' })
    // A sum follows by itself: of all lines it is not one that was refused.
    apply(all ? cells.filter(({ row, column }) => mayEdit(row, column)) : cells)
  }

  function turn(back: boolean): void {
    const step = work.turn(back)
    if (step && step.left > 0) tell({ kind: 'left', cells: step.left })
    const first = step?.changes[0]
    const row = first ? lines.value.findIndex(({ grid, item }) => grid.code === first.grid && item === first.item) : -1
    const column = first ? weeks.value.findIndex(({ monday }) => monday === first.week) : -1
    if (row >= 0 && column >= 0) selection.value = at(row, column)
  }

  return {
    selection,
    select: (next: Selection) => void (selection.value = next),
    range,
    bounds,
    line,
    week,
    value,
    mayEdit,
    /** `seen`: what the cell showed when one began to type. */
    enter: (row: number, column: number, amount: Thousandths, seen: Thousandths) => apply([{ row, column, amount }], seen),
    clear: () => apply(fill(range.value, () => 0)),
    down: () => apply(fillDown(range.value, value)),
    right: () => apply(fillRight(range.value, value)),
    drag: (target: Range) => apply(fillBy(range.value, target, value)),
    lastWeek,
    pasteText,
    copyText,
    turn,
  }
}

export type ScheduleEditing = ReturnType<typeof useScheduleEditing>
