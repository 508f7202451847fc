import { shownAmount, type Thousandths } from './amounts'
import { keyOf, type ScheduleBook } from './scheduleBook'
import type { ScheduleLine } from './scheduleRows'
import type { ScheduleWeek } from './scheduleWeeks'

/** One cell as it is drawn. */
export interface CellView {
  week: ScheduleWeek
  plan: Thousandths
  done: Thousandths
  /** Shares of the line's largest figure, for the double bar. */
  planShare: number
  doneShare: number
  goal: string
  unsaved: boolean
  /** What somebody typed here while somebody else did; theirs is the plan that is shown. */
  mine: string | null
  /** A target of a parent's own that is not the sum of what is inside: by how much it is above it. */
  differs: Thousandths | null
  inside: Thousandths
  sum: boolean
}

export interface LineView {
  cells: readonly CellView[]
  plan: Thousandths
  done: Thousandths
}

/** A line of the table over all weeks. */
export function lineView(book: ScheduleBook, { grid, item }: ScheduleLine, weeks: readonly ScheduleWeek[]): LineView {
  const cells = weeks.map((week): CellView => {
    const own = book.amount(grid.code, item, week.monday)
    const inside = grid.isZone ? 0 : book.inside(grid.code, item, week.monday)
    const conflict = book.conflicts.get(keyOf(grid.code, item, week.monday))
    const target = grid.isZone || own > 0
    return {
      week,
      plan: target ? own : inside,
      done: book.doneOf(grid.code, item, week.monday),
      planShare: 0,
      doneShare: 0,
      goal: book.goal(grid.code, week.monday),
      unsaved: book.isUnsaved(grid.code, item, week.monday),
      mine: conflict ? (conflict.change.amount !== undefined ? shownAmount(conflict.change.amount) : (conflict.change.goal ?? '')) : null,
      differs: !grid.isZone && own > 0 && own !== inside ? own - inside : null,
      inside,
      sum: !grid.isZone && !book.hasEntry(grid.code, item, week.monday),
    }
  })
  const most = Math.max(1, ...cells.map(({ plan, done }) => Math.max(plan, done)))
  for (const cell of cells) {
    cell.planShare = cell.plan / most
    cell.doneShare = Math.max(0, cell.done) / most
  }
  return { cells, plan: cells.reduce((sum, { plan }) => sum + plan, 0), done: cells.reduce((sum, { done }) => sum + done, 0) }
}
