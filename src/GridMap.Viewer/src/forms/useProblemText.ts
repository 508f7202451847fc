import { useI18n } from 'vue-i18n'
import type { ApiProblem } from '../api/problem'
import { useWait } from './useWait'

const mostNamed = 10

/** The codes that a refusal is about, as far as a person reads them. */
const named = ({ more }: ApiProblem): string => {
  const codes = [more['codes'], more['grids']].find((each): each is string[] => Array.isArray(each)) ?? []
  return codes.slice(0, mostNamed).join(' ') + (codes.length > mostNamed ? ' …' : '')
}

/** What a refusal says to a person: in their language where its code is known, else in the service's words. */
export function useProblemText() {
  const { t, te, locale } = useI18n()
  const wait = useWait()

  return (problem: ApiProblem): string => {
    if (problem.code === 'too_many_attempts') return t('refusal.too_many_attempts', { wait: wait(problem.retryAfterSeconds ?? 60) })
    if (te(`refusal.${problem.code}`)) return t(`refusal.${problem.code}`)
    if (te(`editRefusal.${problem.code}`)) return t(`editRefusal.${problem.code}`)
    if (te(`importRefusal.${problem.code}`)) return [t(`importRefusal.${problem.code}`), named(problem)].filter(Boolean).join(' ')
    if (te(`officeRefusal.${problem.code}`)) return t(`officeRefusal.${problem.code}`)
    if (problem.code === 'network') return t('problem.network')
    if (problem.status >= 500) return t('problem.server')
    const own = problem.detail ?? problem.message
    return locale.value === 'en' ? own : t('refusal.other', { detail: own })
  }
}
