import { createI18n } from 'vue-i18n'
import { describe, expect, test } from 'vitest'
import en from '../i18n/en'
import zh from '../i18n/zh-CN'
import { inboxSentence } from './inboxSentence'

const kinds = {
  'duty.appointed': { duty: 1, role: 'grid_leader', grid: '58', gridName: 'Grid 58', from: 'A', to: null, by: 'Li' },
  'duty.stand-in': { duty: 1, role: 'grid_leader', grid: '58', gridName: 'Grid 58', from: 'A', to: 'B', by: 'Li' },
  'duty.stood-in': { duty: 1, role: 'grid_leader', grid: '58', gridName: 'Grid 58', from: 'A', to: 'B', by: 'Li' },
  'duty.ended': { duty: 1, role: 'grid_leader', grid: null, gridName: null, at: 'A', by: 'Li' },
  'issue.reported': { number: '261127-00001', category: '0101' },
  'issue.assigned': { number: '261127-00001', category: '0101' },
  'issue.rectified': { number: '261127-00001', category: '0101' },
  'issue.returned': { number: '261127-00001', category: '0101' },
  'issue.reopened': { number: '261127-00001', category: '0101' },
  'issue.planned': { number: '261127-00001', category: '0101' },
  'issue.escalated': { number: '261127-00001', category: '0101' },
  'worklog.missing': { grid: '58', gridName: 'Grid 58', day: '2026-09-12', campaign: 'C', campaignEn: 'C' },
  'arrangement.named': { grid: '58', gridName: 'Grid 58', day: '2026-09-12', what: 'Clear the ditch', days: 1, zones: 1, taken: 0, campaign: 'C', campaignEn: 'C' },
  'arrangement.moved': { grid: '58', gridName: 'Grid 58', day: '2026-09-12', what: 'Clear the ditch', days: 3, zones: 2, taken: 1, campaign: 'C', campaignEn: 'C' },
  'arrangement.taken': { grid: '58', gridName: 'Grid 58', day: '2026-09-12', what: 'Clear the ditch', days: 1, zones: 1, taken: 0, campaign: 'C', campaignEn: 'C' },
  'post.claimed': { post: 1, claim: 2, title: 'River watch', grid: '58', person: 'Chen' },
  'post.accepted': { post: 1, title: 'River watch', grid: '58', gridName: 'Grid 58' },
  'post.declined': { post: 1, title: 'River watch', grid: '58', gridName: 'Grid 58' },
}

describe.each(['zh-CN', 'en'] as const)('in %s', (locale) => {
  const { t, te } = createI18n({ legacy: false, locale, messages: { 'zh-CN': zh, en } }).global
  const words = { t: (key: string, values: Record<string, string>) => t(key, values), te, role: (role: string) => t(`role.${role}`), term: (from: string, to: string | null) => `${from}-${to ?? '*'}`, moment: (at: string) => at, day: (of: string) => of, category: (code: string) => `<${code}>`, territory: t('duty.territory') }

  test.each(Object.entries(kinds))('%s is a whole sentence', (kind, parameters) => {
    const sentence = inboxSentence({ kind, parameters: parameters as never }, words)
    expect(sentence).not.toMatch(/\{|undefined|null|\. ?$^/)
    for (const name of ['gridName', 'title', 'person', 'number', 'what'] as const) {
      const value = (parameters as Record<string, unknown>)[name]
      if (typeof value === 'string') expect(sentence).toContain(value)
    }
  })

  test('a kind of tomorrow is shown by its name', () => expect(inboxSentence({ kind: 'plan.published', parameters: {} as never }, words)).toBe('plan.published'))
  test('what ended without a grid ended for the whole territory', () => expect(inboxSentence({ kind: 'duty.ended', parameters: kinds['duty.ended'] as never }, words)).toContain(t('duty.territory')))
})
