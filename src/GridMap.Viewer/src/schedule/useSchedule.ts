import { computed, onScopeDispose, ref, shallowReactive, shallowRef, watch } from 'vue'
import { ApiProblem, isAbort } from '../api/problem'
import type { Campaign, ProgressRow } from '../api/types'
import { useEvents } from '../events/useEvents'
import { EditHistory } from './editHistory'
import { ScheduleBook, type CellChange } from './scheduleBook'
import type { ScheduleGrid } from './scheduleRows'
import { weeksOf } from './scheduleWeeks'
import { byWeek, readDone, readEntries, readGrids } from './useScheduleData'
import { useSaving } from './useSaving'

/** A burst of notices is one reading. */
const quiet = 300
/** So many grids are read one by one; more are read with all others. */
const fewGrids = 24
/** The lights follow more slowly: they cost the service more. */
const lightsPause = 3_000

/** One campaign's schedule: loaded, edited, stored, and kept up with what others do. */
export function useSchedule(campaign: () => Campaign | null) {
  const events = useEvents()
  const grids = shallowRef<readonly ScheduleGrid[] | null>(null)
  const zones = shallowRef<readonly ProgressRow[]>([])
  const book = shallowRef<ScheduleBook | null>(null)
  const problem = shallowRef<ApiProblem | null>(null)
  /** The share of the weeks that is read, while it loads; null when it is there. */
  const loading = ref<number | null>(null)
  /** Rises for a grid whose figures changed: a line that reads its own is drawn anew, and no other. */
  const revisions = shallowReactive(new Map<string, number>())
  /** Rises with every change at all. */
  const revision = ref(0)
  /** Rises with what is typed, undone or repeated here. */
  const edits = ref(0)
  let history = new EditHistory()
  let ended = new AbortController()

  const dirty = new Set<string>()
  let frame = 0
  function touched(grid: string): void {
    dirty.add(grid)
    frame ||= requestAnimationFrame(flush)
  }
  function flush(): void {
    frame = 0
    for (const grid of dirty) revisions.set(grid, (revisions.get(grid) ?? 0) + 1)
    dirty.clear()
    revision.value++
  }
  onScopeDispose(() => cancelAnimationFrame(frame))

  const mondays = () => {
    const of = campaign()
    return of ? weeksOf(of).map(({ monday }) => monday) : []
  }
  const readWeek = (id: number, made: ScheduleBook, week: string, signal: AbortSignal): Promise<unknown> =>
    Promise.all([readEntries(id, { week }, signal, (items) => made.read(items)), readDone(id, { week }, signal, (items) => made.readDone(items))])
  const readAll = (id: number, made: ScheduleBook, signal: AbortSignal): Promise<void> =>
    byWeek(mondays(), async (week) => void (await readWeek(id, made, week, signal)))

  async function load(of: Campaign): Promise<void> {
    ended.abort()
    const { signal } = (ended = new AbortController())
    problem.value = null
    loading.value = 0
    history = new EditHistory()
    try {
      const read = await readGrids(of, signal)
      const made = new ScheduleBook(read.grids, of.items.map(({ code }) => code), touched)
      const weeks = mondays()
      let there = 0
      await byWeek(weeks, async (week) => {
        await readWeek(of.id, made, week, signal)
        loading.value = ++there / weeks.length
      })
      if (signal.aborted) return
      grids.value = read.grids
      zones.value = read.zones
      book.value = made
      loading.value = null
      revision.value++
    } catch (error) {
      if (signal.aborted || isAbort(error)) return
      problem.value = error instanceof ApiProblem ? error : ApiProblem.network(error)
      loading.value = null
    }
  }
  const reload = () => {
    const of = campaign()
    if (of) void load(of)
  }
  watch(() => campaign()?.id ?? null, () => {
    book.value = grids.value = null
    reload()
  }, { immediate: true })
  onScopeDispose(() => ended.abort())

  async function reread(codes: readonly string[]): Promise<void> {
    const [id, now] = [campaign()?.id, book.value]
    if (id === undefined || !now) return
    if (codes.length > fewGrids) await readAll(id, now, ended.signal)
    else await Promise.all(codes.map((grid) => readEntries(id, { grid }, ended.signal, (items) => now.read(items))))
  }
  const saving = useSaving(() => campaign()?.id ?? 0, () => book.value, reread, () => revision.value++)

  /** An edit, to be stored by itself. Answers how many cells it changed. */
  function change(changes: readonly CellChange[]): number {
    const before = book.value?.change(changes) ?? []
    history.add(before, changes)
    edits.value++
    if (before.length > 0) saving.soon()
    return before.length
  }

  const now = ({ grid, item, week }: CellChange): CellChange => ({ grid, item, week, amount: book.value?.amount(grid, item, week) ?? 0, goal: book.value?.goal(grid, week) ?? '' })
  /** Takes the last edit back, or repeats it. Answers the cells that somebody else changed since, which stay; null: there is none. */
  function turn(back: boolean): { changes: readonly CellChange[]; left: number } | null {
    const step = back ? history.undo(now) : history.redo(now)
    if (step && (book.value?.change(step.changes).length ?? 0) > 0) saving.soon()
    edits.value++
    revision.value++
    return step
  }

  function resolve(key: string, holds: 'mine' | 'theirs'): void {
    book.value?.resolve(key, holds)
    revision.value++
    if (book.value?.hasWaiting) saving.soon()
  }

  let timer: ReturnType<typeof setTimeout> | undefined
  let lightsTimer: ReturnType<typeof setTimeout> | undefined
  const noticed = { plan: new Set<string>(), log: new Set<string>(), all: false }
  async function catchUp(): Promise<void> {
    const [id, made] = [campaign()?.id, book.value]
    if (id === undefined || !made) return
    const { all } = noticed
    const [plan, log] = [[...noticed.plan], [...noticed.log]]
    noticed.plan.clear()
    noticed.log.clear()
    noticed.all = false
    try {
      if (all) await readAll(id, made, ended.signal)
      else await Promise.all([plan.length > 0 && reread(plan), ...log.map((grid) => readDone(id, { grid }, ended.signal, (items) => made.readDone(items)))])
    } catch (error) {
      // A reading that failed is repeated with the next notice, and when the stream is back.
      if (!isAbort(error)) noticed.all = true
    }
  }
  function soon(): void {
    clearTimeout(timer)
    timer = setTimeout(() => void catchUp(), quiet)
    lightsTimer ??= setTimeout(() => {
      lightsTimer = undefined
      const of = campaign()
      if (of) void readGrids({ id: of.id, zoneLevel: of.zoneLevel }, ended.signal).then((read) => (zones.value = read.zones)).catch(() => undefined)
    }, lightsPause)
  }
  const codeOf = computed(() => new Map(grids.value?.map(({ id, code }) => [id, code]) ?? []))
  events.on('progress', (notice) => {
    if (notice.campaign !== campaign()?.id) return
    if (notice.code) noticed.log.add(notice.code)
    else if (notice.gridIds.length === 0) noticed.all = true
    else for (const id of notice.gridIds) {
      const code = codeOf.value.get(id)
      if (code) noticed.plan.add(code)
    }
    soon()
  })
  events.onResume(() => {
    noticed.all = true
    soon()
  })
  onScopeDispose(() => {
    clearTimeout(timer)
    clearTimeout(lightsTimer)
  })

  const canUndo = computed(() => revision.value >= 0 && history.canUndo)
  const canRedo = computed(() => revision.value >= 0 && history.canRedo)
  const conflicts = computed(() => (revision.value >= 0 && book.value ? [...book.value.conflicts].map(([key, conflict]) => ({ key, ...conflict })) : []))
  return { grids, zones, book, problem, loading, revisions, revision, edits, reload, change, turn, resolve, canUndo, canRedo, conflicts, saving }
}

export type ScheduleWork = ReturnType<typeof useSchedule>
