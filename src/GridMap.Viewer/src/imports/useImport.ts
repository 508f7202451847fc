import { computed, onScopeDispose, reactive, ref, shallowRef, watch } from 'vue'
import { api, take } from '../api/client'
import { ApiProblem } from '../api/problem'
import type { ImportJob, ImportPreview, ImportReport } from '../api/types'
import { importValues, mapped, noChoice, readingValues } from './importForm'

const pollMilliseconds = 400

/** Files on their way into a plan: looked into, tried out, imported. The files stay in the browser until then, so every step can be taken again. */
export function useImport(into: () => { plan: number } | { name: string }, level: number, fresh: boolean) {
  const files = shallowRef<readonly File[]>([])
  const choice = reactive(noChoice(level))
  const preview = shallowRef<ImportPreview | null>(null)
  const job = shallowRef<ImportJob | null>(null)
  const problem = shallowRef<ApiProblem | null>(null)
  const busy = ref<'look' | 'try' | 'import' | null>(null)
  let turn = 0

  /** The report of a try or an import that went well. */
  const report = computed(() => (job.value?.state === 'done' ? (job.value.report as ImportReport | null) : null))
  const fields = computed(() => preview.value?.levels[0]?.fields ?? [])

  function body(values: Record<string, string>): FormData {
    const form = new FormData()
    for (const [name, value] of Object.entries(values)) form.append(name, value)
    for (const file of files.value) form.append('file', file, file.name)
    return form
  }

  async function run<T>(what: NonNullable<typeof busy.value>, work: (mine: number) => Promise<T>): Promise<T | null> {
    const mine = ++turn
    busy.value = what
    problem.value = null
    try {
      return await work(mine)
    } catch (error) {
      if (mine === turn) problem.value = error instanceof ApiProblem ? error : ApiProblem.network(error)
      return null
    } finally {
      if (mine === turn) busy.value = null
    }
  }

  /** Looks into the files, and takes over what was recognised. */
  const look = () => run('look', async (mine) => {
    job.value = null
    const form = body(readingValues(choice))
    const found = await take(api.POST('/api/v1/imports/preview', { body: {} as never, bodySerializer: () => form }))
    if (mine !== turn) return
    preview.value = found
    const [first] = found.levels
    const there = new Set(first?.fields.map(({ name }) => name))
    for (const field of mapped) if (!there.has(choice[field])) choice[field] = first?.chosen[field] ?? ''
  })

  async function choose(chosen: readonly File[]): Promise<void> {
    files.value = chosen
    preview.value = job.value = null
    if (chosen.length > 0) await look()
  }

  const send = (dryRun: boolean) => run(dryRun ? 'try' : 'import', async (mine) => {
    job.value = null
    const form = body({ ...importValues(choice, into(), fresh), dryRun: String(dryRun) })
    let now = await take(api.POST('/api/v1/imports', { body: {} as never, bodySerializer: () => form }))
    while (now.state === 'queued' || now.state === 'running') {
      if (mine !== turn) return null
      job.value = now
      await new Promise((resolve) => setTimeout(resolve, pollMilliseconds))
      now = await take(api.GET('/api/v1/imports/{id}', { params: { path: { id: now.id } }, cache: 'no-store' }))
    }
    if (mine !== turn) return null
    job.value = now
    if (now.state === 'failed') throw ApiProblem.of(now.problem)
    return now.planId ?? null
  })

  // Another way of reading is looked at at once; what was tried is no longer so when anything is chosen otherwise.
  watch(() => readingValues(choice), (now, before) => {
    if (files.value.length > 0 && JSON.stringify(now) !== JSON.stringify(before)) void look()
  })
  watch(choice, () => {
    if (busy.value === null) job.value = null
  })
  onScopeDispose(() => turn++)

  return { files, choice, preview, fields, job, report, problem, busy, choose, look, tryOut: () => send(true), store: () => send(false) }
}

export type Import = ReturnType<typeof useImport>
