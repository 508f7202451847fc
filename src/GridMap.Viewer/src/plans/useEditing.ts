import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { ApiProblem, isAbort } from '../api/problem'
import type { EditBody, EditReport } from '../api/types'
import { bodyOf, emptyDraft, type Draft, type Tool } from './edits'
import { neighboursOf, type Place, type PlannedGrid } from './plannedGrid'
import { gridsIn, otherSide, parentFor } from './suggest'
import { useDraft } from './useDraft'
import type { PlanWork } from './usePlan'

/** The service is asked what an edit would do once the hand rests. */
const rest = 150

/** From tools and places to an edit: what it would do, then doing it. */
export function useEditing(work: PlanWork, plan: Readonly<Ref<number>>, level: number) {
  const draft = useDraft(plan, level)
  const report = shallowRef<EditReport | null>(null)
  const problem = shallowRef<ApiProblem | null>(null)
  const trying = ref(false)
  const byCode = computed(() => new Map([...work.grids.value.values()].map((grid) => [grid.code, grid])))
  const chosen = computed(() => draft.chosen.flatMap((code) => byCode.value.get(code) ?? []))
  const main = computed(() => chosen.value[0] ?? null)
  const neighbours = computed(() => (main.value ? neighboursOf(main.value, work.grids.value.values()) : []))
  const body = computed(() => (work.open.value ? bodyOf(draft) : null))
  let running: AbortController | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  async function tryOut(asked: EditBody): Promise<void> {
    const mine = new AbortController()
    running = mine
    trying.value = true
    try {
      const answer = await work.tryOut(asked, mine.signal)
      if (running !== mine) return
      report.value = answer
      problem.value = null
    } catch (error) {
      if (running !== mine || isAbort(error)) return
      report.value = null
      problem.value = error instanceof ApiProblem ? error : ApiProblem.network(error)
    }
    trying.value = false
  }

  function again(): void {
    running?.abort()
    running = null
    trying.value = false
    clearTimeout(timer)
    const asked = body.value
    if (asked) timer = setTimeout(() => void tryOut(asked), rest)
  }

  // What the drawing is about is guessed from where it lies; the planner can say otherwise.
  watch(() => draft.drawn, (drawn) => {
    if (!drawn) return
    if (draft.tool === 'area' && drawn.type === 'Polygon') {
      // Chosen, not drawn: the tool of the hand is the pointer again.
      const inside = gridsIn(drawn, [...work.grids.value.values()].filter(({ level: at }) => at === draft.level))
      return clear({ tool: 'select', chosen: inside })
    }
    if (draft.tool === 'reshape' || draft.tool === 'transfer') draft.other = otherSide(drawn, neighbours.value)
    if (draft.tool === 'create') draft.parent = draft.level === 1 ? null : parentFor(drawn, [...work.grids.value.values()].filter(({ level: at }) => at === draft.level - 1))
  })

  watch(() => JSON.stringify(body.value), () => {
    report.value = null
    problem.value = null
    again()
  }, { immediate: true })
  // What is shown would be done to the plan as it is now.
  watch(() => work.plan.value?.version, () => body.value && again())

  function clear(step: Partial<Draft> = {}): void {
    Object.assign(draft, { ...emptyDraft(draft.level), tool: draft.tool, chosen: draft.chosen, parts: draft.parts, balance: draft.balance, ...step })
  }

  function choose(tool: Tool): void {
    clear({ tool, chosen: draft.chosen.slice(0, 1) })
  }

  /** The map was pressed on a grid. */
  function pick(grid: PlannedGrid | null, place: Place, more: boolean): void {
    if (draft.tool === 'split' && report.value && draft.drawn) {
      draft.keepAt = place
    } else if (draft.tool === 'merge' || (more && draft.tool === 'select')) {
      if (grid) draft.chosen = draft.chosen.includes(grid.code) ? draft.chosen.filter((code) => code !== grid.code) : [...draft.chosen, grid.code]
    } else {
      draft.chosen = grid ? [grid.code] : []
    }
  }

  /** Does an edit that needs no drawing, or the one that is drawn. */
  async function apply(asked: EditBody | null = body.value): Promise<boolean> {
    if (!asked) return false
    try {
      const done = await work.edit(asked)
      const made = done?.changes.filter(({ change, before }) => change === 'added' || before?.code === asked.grid).map(({ code }) => code) ?? []
      // Done is done: a division would else be offered again at once.
      const tool = draft.tool === 'divide' || draft.tool === 'merge' ? 'select' : draft.tool
      const left = draft.chosen.filter((code) => byCode.value.has(code))
      // A lock concerns all that are chosen, and so may what comes next.
      const kept = asked.kind === 'lock' || asked.kind === 'unlock' ? left : left.slice(0, 1)
      clear({ tool, chosen: draft.tool === 'split' || draft.tool === 'create' || draft.tool === 'divide' ? made : kept })
      return true
    } catch (error) {
      problem.value = error instanceof ApiProblem ? error : ApiProblem.network(error)
      return false
    }
  }

  // An edit that found no network is tried again as soon as there is one: what it would do is shown anew first.
  const online = () => body.value && problem.value?.code === 'network' && again()
  addEventListener('online', online)
  onScopeDispose(() => {
    removeEventListener('online', online)
    clearTimeout(timer)
    running?.abort()
  })

  return { draft, report, problem, trying, body, byCode, chosen, main, neighbours, clear, choose, pick, apply, again }
}

export type Editing = ReturnType<typeof useEditing>
