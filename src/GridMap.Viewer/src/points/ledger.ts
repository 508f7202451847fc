import type { PointsEntry } from '../api/types'
import { pointsName } from './pointsName'

/** Whose entries, or where. */
export interface LedgerQuestion {
  name: string
  query: { person?: number; grid?: string; undivided?: number; reports?: boolean; issue?: string; from?: string | undefined; to?: string | undefined }
}

type Words = (key: string, values: Record<string, string | number>) => string

/** For what an entry stands: a rule, a reward, or what it puts right. */
export function occasionOf({ reward, ruleName, ruleNameEn, corrects, step }: Pick<PointsEntry, 'reward' | 'ruleName' | 'ruleNameEn' | 'corrects' | 'step'>, locale: string, t: Words): string {
  const name = reward ?? pointsName(locale, ruleName, ruleNameEn)
  if (corrects === null) return name
  if (reward !== null) return t('points.returned', { name })
  return `${name} · ${t(step === null ? 'points.correction' : 'points.takenBack', { entry: corrects })}`
}
