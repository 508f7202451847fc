import type { CellChange } from './scheduleBook'

/** An edit as people think of it: typed into one cell, or a block at once. */
interface Step {
  before: readonly CellChange[]
  after: readonly CellChange[]
}

/**
 * One's own edits, to be taken back and repeated as further edits. A cell that somebody else changed since is left as it is:
 * `now` says what a cell holds.
 */
export class EditHistory {
  private readonly past: Step[] = []
  private readonly future: Step[] = []

  constructor(private readonly most = 200) {}

  get canUndo(): boolean {
    return this.past.length > 0
  }

  get canRedo(): boolean {
    return this.future.length > 0
  }

  /** `before` as the book answered it: the cells that really changed. */
  add(before: readonly CellChange[], changes: readonly CellChange[]): void {
    if (before.length === 0) return
    const after = before.map((cell) => {
      const to = changes.findLast(({ grid, item, week }) => grid === cell.grid && item === cell.item && week === cell.week)
      return { ...cell, ...(cell.amount !== undefined && { amount: to?.amount ?? 0 }), ...(cell.goal !== undefined && { goal: to?.goal ?? '' }) }
    })
    this.past.push({ before, after })
    if (this.past.length > this.most) this.past.shift()
    this.future.length = 0
  }

  undo(now: (cell: CellChange) => CellChange): { changes: CellChange[]; left: number } | null {
    return this.turn(this.past, this.future, 'before', 'after', now)
  }

  redo(now: (cell: CellChange) => CellChange): { changes: CellChange[]; left: number } | null {
    return this.turn(this.future, this.past, 'after', 'before', now)
  }

  private turn(from: Step[], to: Step[], wanted: keyof Step, expected: keyof Step, now: (cell: CellChange) => CellChange): { changes: CellChange[]; left: number } | null {
    const step = from.pop()
    if (!step) return null
    to.push(step)
    const changes = step[wanted].filter((_, i) => {
      const was = step[expected][i]
      if (!was) return false
      const is = now(was)
      return (was.amount === undefined || is.amount === was.amount) && (was.goal === undefined || is.goal === was.goal)
    })
    return { changes, left: step[wanted].length - changes.length }
  }
}
