import { toQuantity, toThousandths, type Thousandths } from './amounts'

/** An entry as the wire has it. */
export interface WireEntry {
  grid: string | null
  item: string | null
  week: string
  quantity: number
  goal: string | null
  version: number
}

export interface BookGrid {
  code: string
  parent: string | null
}

/** What one cell, or the goal of its grid and week, is changed to. */
export interface CellChange {
  grid: string
  item: string
  week: string
  amount?: Thousandths
  goal?: string
  /** What stood there when somebody began to type; left out where that is what stands there now. */
  seen?: Thousandths
}

interface Stored {
  amount: Thousandths
  version: number
}

interface Mine {
  change: CellChange
  /** What stood there when it was typed: only a change of that by somebody else is a conflict. */
  base: { amount: Thousandths; goal: string }
}

/** Somebody else changed what was typed over: both values stay until it is said which holds. */
export interface Conflict {
  change: CellChange
  theirs: { amount: Thousandths; goal: string }
}

export const keyOf = (grid: string, item: string, week: string): string => `${grid}|${item}|${week}`
const pairOf = (grid: string, other: string): string => `${grid}|${other}`

/**
 * The schedule of a campaign as one browser holds it: what is stored, what was typed and is not stored yet, what is on its way, and
 * where two people typed into one cell. Sums of parents and rows follow each change. Knows nothing of requests or screens.
 */
export class ScheduleBook {
  private readonly stored = new Map<string, Stored>()
  private readonly goals = new Map<string, string>()
  private readonly done = new Map<string, Thousandths>()
  private readonly waiting = new Map<string, Mine>()
  private readonly sent = new Map<string, Mine>()
  private readonly sums = new Map<string, Thousandths>()
  private readonly doneSums = new Map<string, Thousandths>()
  private readonly above = new Map<string, string[]>()
  readonly conflicts = new Map<string, Conflict>()

  /** `touched` is told each grid whose figures look different now. */
  constructor(
    grids: readonly BookGrid[],
    private readonly items: readonly string[],
    private readonly touched: (grid: string) => void = () => undefined,
  ) {
    const parents = new Map(grids.map(({ code, parent }) => [code, parent]))
    for (const { code } of grids) {
      const chain: string[] = []
      for (let at = parents.get(code) ?? null; at !== null && parents.has(at); at = parents.get(at) ?? null) chain.push(at)
      this.above.set(code, chain)
    }
  }

  /** What the cell shows: what was typed last, else what is stored. */
  amount(grid: string, item: string, week: string): Thousandths {
    return this.amountAt(keyOf(grid, item, week))
  }

  goal(grid: string, week: string): string {
    for (const mine of [this.waiting, this.sent]) for (const item of this.items) {
      const goal = mine.get(keyOf(grid, item, week))?.change.goal
      if (goal !== undefined) return goal
    }
    return this.goals.get(pairOf(grid, week)) ?? ''
  }

  doneOf(grid: string, item: string, week: string): Thousandths {
    return (this.done.get(keyOf(grid, item, week)) ?? 0) + (this.doneSums.get(keyOf(grid, item, week)) ?? 0)
  }

  /** Planned for the grids inside, all levels of them. */
  inside(grid: string, item: string, week: string): Thousandths {
    return this.sums.get(keyOf(grid, item, week)) ?? 0
  }

  /** An entry of the grid's own is there, be it of 0. */
  hasEntry(grid: string, item: string, week: string): boolean {
    return this.stored.has(keyOf(grid, item, week)) || this.waiting.has(keyOf(grid, item, week))
  }

  isUnsaved(grid: string, item: string, week: string): boolean {
    const key = keyOf(grid, item, week)
    return this.waiting.has(key) || this.sent.has(key)
  }

  get unsaved(): number {
    return this.waiting.size + this.sent.size
  }

  get hasWaiting(): boolean {
    return this.waiting.size > 0
  }

  /** The item whose entry carries a goal of the grid and week: one that is there, else the one that is looked at. */
  carrier(grid: string, week: string, item: string): string {
    return this.items.find((one) => this.hasEntry(grid, one, week)) ?? item
  }

  /** Takes what was typed. Answers what really changes, as it was before: the way back. */
  change(changes: readonly CellChange[]): CellChange[] {
    const back: CellChange[] = []
    for (const change of changes) {
      const { grid, item, week } = change
      const key = keyOf(grid, item, week)
      const before = { amount: this.amountAt(key), goal: this.goal(grid, week) }
      const amount = change.amount !== undefined && change.amount !== before.amount ? change.amount : undefined
      const goal = change.goal !== undefined && change.goal !== before.goal ? change.goal : undefined
      if (amount === undefined && goal === undefined) continue
      back.push({ grid, item, week, ...(amount !== undefined && { amount: before.amount }), ...(goal !== undefined && { goal: before.goal }) })
      this.conflicts.delete(key)
      const old = this.waiting.get(key)
      this.moving(grid, item, week, () => this.waiting.set(key, {
        change: { ...(old?.change ?? { grid, item, week }), ...(amount !== undefined && { amount }), ...(goal !== undefined && { goal }) },
        base: old?.base ?? { ...before, ...(change.seen !== undefined && { amount: change.seen }) },
      }))
      // Somebody else was faster than what was still being typed.
      if (change.seen !== undefined && change.seen !== before.amount && !this.sent.has(key)) this.compare(key)
    }
    return back
  }

  /** What is to be sent now, of all grids or of one; it is on its way until `answered` or `failed`. */
  send(most: number, only?: string): WireEntry[] {
    const entries: WireEntry[] = []
    for (const [key, mine] of this.waiting) {
      if (entries.length >= most) break
      if (this.sent.has(key) || (only !== undefined && mine.change.grid !== only)) continue
      this.sent.set(key, mine)
      this.waiting.delete(key)
      const { grid, item, week, amount, goal } = mine.change
      entries.push({ grid, item, week, quantity: toQuantity(amount ?? this.stored.get(key)?.amount ?? 0), goal: goal ?? null, version: this.stored.get(key)?.version ?? 0 })
    }
    return entries
  }

  /** All that was on its way is stored. */
  answered(entries: readonly WireEntry[]): void {
    const mine = new Map(this.sent)
    for (const { change } of mine.values()) if (change.goal !== undefined) this.goals.set(pairOf(change.grid, change.week), change.goal)
    const beside: WireEntry[] = []
    for (const entry of entries) {
      // The sums hold what was shown: of one's own entries only the layer that shows it changes.
      if (entry.grid && entry.item && mine.has(keyOf(entry.grid, entry.item, entry.week))) this.put(entry.grid, entry.item, entry)
      else beside.push(entry)
    }
    this.sent.clear()
    this.read(beside)
    for (const { change } of mine.values()) this.tell(change.grid)
  }

  /** Nothing of what was on its way is stored: it waits again, but for what was typed over it since. */
  failed(): void {
    const back = [...this.sent.keys()]
    for (const [key, mine] of this.sent) {
      const newer = this.waiting.get(key)
      this.waiting.set(key, newer ? { change: { ...mine.change, ...newer.change }, base: mine.base } : mine)
      this.sent.delete(key)
      this.tell(mine.change.grid)
    }
    // What was read while it was on its way is read no second time: it is held against that now.
    for (const key of back) this.compare(key)
  }

  /** What is stored now, as it was just read. What is being typed stays; where both changed one value, both are kept. */
  read(entries: readonly WireEntry[]): void {
    for (const entry of entries) {
      const { grid, item, week } = entry
      if (!grid || !item) continue
      const key = keyOf(grid, item, week)
      const old = this.stored.get(key)
      if (old && old.version >= entry.version) continue
      this.moving(grid, item, week, () => {
        this.put(grid, item, entry)
        if (entry.goal !== null) this.goals.set(pairOf(grid, week), entry.goal)
      })
      this.compare(key)
    }
  }

  readDone(rows: readonly { grid: string; item: string; week: string; done: number }[]): void {
    for (const { grid, item, week, done } of rows) {
      const key = keyOf(grid, item, week)
      const amount = toThousandths(done)
      const more = amount - (this.done.get(key) ?? 0)
      if (more === 0) continue
      this.done.set(key, amount)
      for (const parent of this.above.get(grid) ?? []) add(this.doneSums, keyOf(parent, item, week), more)
      this.tell(grid)
    }
  }

  /** Which of the two holds. What is mine is sent again, over what is theirs now. */
  resolve(key: string, holds: 'mine' | 'theirs'): void {
    const conflict = this.conflicts.get(key)
    if (!conflict) return
    this.conflicts.delete(key)
    if (holds === 'mine') this.change([conflict.change])
    this.tell(conflict.change.grid)
  }

  /** What was typed for these grids is given up: it may not be stored. Answers how many cells. */
  giveUp(grids: ReadonlySet<string>): number {
    let given = 0
    for (const [key, { change }] of [...this.waiting]) {
      if (!grids.has(change.grid)) continue
      this.moving(change.grid, change.item, change.week, () => this.waiting.delete(key))
      given++
    }
    return given
  }

  private amountAt(key: string): Thousandths {
    return this.waiting.get(key)?.change.amount ?? this.sent.get(key)?.change.amount ?? this.stored.get(key)?.amount ?? 0
  }

  private put(grid: string, item: string, { week, quantity, version }: WireEntry): void {
    this.stored.set(keyOf(grid, item, week), { amount: toThousandths(quantity), version })
  }

  private compare(key: string): void {
    const held = this.conflicts.get(key)
    const mine = this.waiting.get(key)
    const change = mine?.change ?? held?.change
    if (!change) return
    const theirs = { amount: this.stored.get(key)?.amount ?? 0, goal: this.goals.get(pairOf(change.grid, change.week)) ?? '' }
    const base = mine?.base
    const clash = (['amount', 'goal'] as const).some((field) => change[field] !== undefined && theirs[field] !== change[field] && theirs[field] !== base?.[field])
    if (!clash) {
      if (mine) this.waiting.set(key, { change, base: theirs })
      else this.conflicts.delete(key)
    } else
      this.moving(change.grid, change.item, change.week, () => {
        this.waiting.delete(key)
        this.conflicts.set(key, { change, theirs })
      })
    this.tell(change.grid)
  }

  /** Lets the sums follow what a step does to one cell. */
  private moving(grid: string, item: string, week: string, step: () => void): void {
    const key = keyOf(grid, item, week)
    const before = this.amountAt(key)
    step()
    const more = this.amountAt(key) - before
    if (more !== 0) for (const parent of this.above.get(grid) ?? []) add(this.sums, keyOf(parent, item, week), more)
    this.tell(grid)
  }

  private tell(grid: string): void {
    this.touched(grid)
    for (const parent of this.above.get(grid) ?? []) this.touched(parent)
  }
}

function add(sums: Map<string, Thousandths>, key: string, more: Thousandths): void {
  sums.set(key, (sums.get(key) ?? 0) + more)
}
