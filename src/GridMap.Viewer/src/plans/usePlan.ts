import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { api, take, takeAll } from '../api/client'
import { ApiProblem } from '../api/problem'
import type { EditBody, EditReport, PlanDefect, PlanDetail } from '../api/types'
import { useEvents } from '../events/useEvents'
import { useSession } from '../session/useSession'
import { isSame } from './edits'
import { usePlanGrids } from './usePlanGrids'

/** What somebody else did while this screen was open. */
export interface Meanwhile {
  by: string
  version: number
}

const mostDefects = 500
const quiet = 200

/**
 * One plan as the planner works on it. Every write carries the version that is shown here; when somebody else was faster, their work is loaded first and
 * nothing of one's own is lost. An answer that was lost on the way is found again in the plan, so that no edit is made twice.
 */
export function usePlan(id: Readonly<Ref<number>>) {
  const events = useEvents()
  const { me } = useSession()
  const detail = shallowRef<PlanDetail | null>(null)
  const defects = shallowRef<readonly PlanDefect[]>([])
  const problem = shallowRef<ApiProblem | null>(null)
  const meanwhile = shallowRef<Meanwhile | null>(null)
  const sending = ref(false)
  const store = usePlanGrids(id)
  const plan = computed(() => detail.value?.plan ?? null)
  /** It can be edited: a draft, and not put down to be published. */
  const open = computed(() => plan.value?.state === 'draft' && plan.value.scheduledFor === null)
  const edits = computed(() => detail.value?.edits ?? [])
  /** A plan that began as an import keeps it; one that came later is an edit as any other. */
  const canUndo = computed(() => open.value && edits.value.some(({ undone, kind, parameters }) => !undone && (kind !== 'import' || 'plan' in (parameters as object))))
  const canRedo = computed(() => open.value && edits.value.some(({ undone }) => undone))
  const path = () => ({ path: { id: id.value }, header: { 'If-Match': `"${plan.value?.version ?? 0}"` } })

  async function loadDetail(): Promise<void> {
    const [found, wrong] = await Promise.all([
      take(api.GET('/api/v1/plans/{id}', { params: { path: { id: id.value } }, cache: 'no-store' })),
      takeAll((cursor) => take(api.GET('/api/v1/plans/{id}/defects', { params: { path: { id: id.value }, query: { limit: mostDefects, ...(cursor && { cursor }) } as never }, cache: 'no-store' })), mostDefects),
    ])
    detail.value = found
    defects.value = wrong.items
    store.lock(new Set(found.locks))
  }

  async function reload(): Promise<void> {
    try {
      await loadDetail()
      await store.reload()
      store.lock(new Set(detail.value?.locks ?? []))
      problem.value = null
    } catch (error) {
      problem.value = error instanceof ApiProblem ? error : ApiProblem.network(error)
    }
  }

  /** What an edit would do; nothing is stored. Throws the refusal. */
  async function tryOut(body: EditBody, signal: AbortSignal): Promise<EditReport> {
    const ask = () => take(api.POST('/api/v1/plans/{id}/edits', { params: { ...path(), query: { dryRun: true } }, body: body as never, signal }))
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 412) throw error
      await reload()
      return ask()
    }
  }

  async function settle(report: EditReport): Promise<void> {
    if (detail.value) detail.value = { ...detail.value, plan: report.plan }
    await Promise.all([store.put(report.changes), loadDetail()])
  }

  async function send(call: () => Promise<EditReport>, sent: EditBody | null): Promise<EditReport | null> {
    if (sending.value) return null
    sending.value = true
    const before = plan.value?.version ?? 0
    try {
      const report = await call()
      await settle(report).catch(() => reload())
      return report
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 412) {
        await reload()
        // The edit of a lost answer stands in the plan already.
        const last = edits.value.filter(({ undone }) => !undone).at(-1)
        if (sent && last && plan.value?.version === before + 1 && isSame(sent, last.parameters)) return null
      }
      throw error
    } finally {
      sending.value = false
    }
  }

  /** Throws the refusal; the answer is null when it had been done before. */
  const edit = (body: EditBody) => send(() => take(api.POST('/api/v1/plans/{id}/edits', { params: path(), body: body as never })), body)
  const undo = () => send(() => take(api.POST('/api/v1/plans/{id}/undo', { params: path() })), null)
  const redo = () => send(() => take(api.POST('/api/v1/plans/{id}/redo', { params: path() })), null)

  /** Now, or at a time to come. The generation; null when it was put down for later. */
  async function publish(query: { note: string; newParts: 'copied' | 'vacant'; at?: string }): Promise<number | null> {
    const answer = await take(api.POST('/api/v1/plans/{id}/publish', { params: { ...path(), query: query as never } }))
    await reload()
    return 'generation' in answer ? answer.generation : null
  }

  async function callOff(): Promise<void> {
    await take(api.DELETE('/api/v1/plans/{id}/publish', { params: { path: { id: id.value } } }))
    await reload()
  }

  /** Moves the plan onto the newest generation; a dry run only says which edits no longer fit. */
  async function rebase(drop: number[], dryRun: boolean) {
    const report = await take(api.POST('/api/v1/plans/{id}/rebase', { params: { ...path(), query: { dryRun } }, body: { drop } }))
    if (!dryRun) await reload()
    return report
  }

  // Whoever else edits is seen at once; one's own edits come back as events too, and are known by their version.
  let timer: ReturnType<typeof setTimeout> | undefined
  function heard(version: number, by: string): void {
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (sending.value) return heard(version, by)
      if (version <= (plan.value?.version ?? 0)) return
      if (!by.endsWith(me.value?.name ?? '\0')) meanwhile.value = { by, version }
      void reload()
    }, quiet)
  }
  events.on('plan', ({ plan: about, version, by, comment }) => about === id.value && !comment && heard(version, by))
  events.onResume(() => void reload())
  onScopeDispose(() => clearTimeout(timer))
  watch(id, () => void reload(), { immediate: true })

  return { detail, plan, open, edits, defects, problem, meanwhile, sending, canUndo, canRedo, ...store, reload, tryOut, edit, undo, redo, publish, callOff, rebase }
}

export type PlanWork = ReturnType<typeof usePlan>
