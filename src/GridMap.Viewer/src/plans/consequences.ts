import type { EditReport } from '../api/types'

/** A sentence of the consequences: its key under `planner.will`, and what it counts or names. */
export interface Consequence {
  key: 'added' | 'removed' | 'reshaped' | 'updated' | 'households' | 'estimated' | 'issues' | 'mends' | 'brings' | 'blocks' | 'outer' | 'nothing'
  values: Record<string, string | number>
  bad?: boolean
}

const mostNames = 4

/** What an edit would do, for a person; vertices that only come to lie on straight borders are left out. */
export function consequences({ changes, defects, moved, outerNodes }: Pick<EditReport, 'changes' | 'defects' | 'moved' | 'outerNodes'>, comma: string): Consequence[] {
  const names = (kind: string): { n: number; names: string } => {
    const found = changes.filter(({ change }) => change === kind)
    const some = found.slice(0, mostNames).map(({ name }) => name).join(comma)
    return { n: found.length, names: found.length > mostNames ? `${some}…` : some }
  }
  const told: Consequence[] = []
  for (const key of ['added', 'removed', 'reshaped', 'updated'] as const) {
    const values = names(key)
    if (values.n > 0) told.push({ key, values })
  }
  if (moved.households > 0) told.push({ key: 'households', values: { n: moved.households } })
  if (moved.households > 0 && moved.estimated) told.push({ key: 'estimated', values: {} })
  if (moved.issues > 0) told.push({ key: 'issues', values: { n: moved.issues } })
  if (outerNodes.length > 0) told.push({ key: 'outer', values: { n: outerNodes.length } })
  // The same thing wrong with the same grids, only by another measure, is no news.
  const same = (a: EditReport['defects']['added'][number], b: typeof a): boolean => a.kind === b.kind && a.codes.join() === b.codes.join()
  const mended = defects.removed.filter((old) => !defects.added.some((defect) => same(old, defect)))
  const brought = defects.added.filter((defect) => !defects.removed.some((old) => same(old, defect)))
  if (mended.length > 0) told.push({ key: 'mends', values: { n: mended.length } })
  const blocking = brought.filter(({ blocks }) => blocks).length
  if (blocking > 0) told.push({ key: 'blocks', values: { n: blocking }, bad: true })
  if (brought.length > blocking) told.push({ key: 'brings', values: { n: brought.length - blocking } })
  return told.length > 0 ? told : [{ key: 'nothing', values: {} }]
}
