import { expect, test } from 'vitest'
import type { Campaign } from '../api/types'
import { draftLike, draftOf, fits, freeCode, newItem, newPhase, shareOf, stageOf, toChanged, toNew } from './campaignDraft'

const campaign: Campaign = {
  id: 3, name: '百日攻坚', nameEn: 'Hundred days', from: '2026-09-01', to: '2026-11-30', zoneLevel: 3, generation: 1, zones: 173,
  items: [{ code: 'heaps', name: '垃圾堆', nameEn: '', unit: '处', weight: 3 }, { code: 'item-2', name: '三线', nameEn: 'Cables', unit: '公里', weight: 1 }],
  limits: { green: 0.955, yellow: 0.8 }, today: '2026-11-21', lastLog: null, phases: [{ name: '干净', nameEn: '', from: '2026-09-01', to: '2026-09-30' }], version: 4, newestGeneration: 2, goneZones: 1,
}

test('a draft of a campaign sends back what the campaign was', () => {
  const draft = draftOf(campaign, '2026-11-21', 3)
  expect(toNew(draft)).toEqual({ name: '百日攻坚', nameEn: 'Hundred days', from: '2026-09-01', to: '2026-11-30', zoneLevel: 3, items: campaign.items, limits: campaign.limits, phases: campaign.phases })
  expect(toChanged(draft, 4)).toEqual({ name: '百日攻坚', nameEn: 'Hundred days', version: 4, phases: campaign.phases, items: campaign.items.map(({ code, name, nameEn }) => ({ code, name, nameEn })) })
})

test('one like another has its items and no days but today', () => {
  const draft = draftLike(campaign, '2027-01-04')
  expect([draft.from, draft.to, draft.phases, draft.items.map(({ code }) => code), draft.green]).toEqual(['2027-01-04', '', [], ['heaps', 'item-2'], '95.5'])
})

test('a new item has a code that none has yet', () => {
  expect(freeCode(campaign.items)).toBe('item-3')
  expect(freeCode([{ code: 'item-2' }])).toBe('item-3')
  expect(newItem([]).code).toBe('item-1')
})

test('an item counts for its share of the weights', () => {
  const { items } = draftOf(campaign, '', 3)
  expect(items.map((item) => shareOf(items, item))).toEqual([0.75, 0.25])
  const wordless = { ...newItem([]), weight: 'x' }
  expect(shareOf([wordless], wordless)).toBeNull()
})

test('a phase begins the day after the last one, and lies within the campaign', () => {
  const draft = draftOf(campaign, '', 3)
  expect(newPhase(draft)).toMatchObject({ from: '2026-10-01', to: '2026-11-30' })
  expect(newPhase({ ...draft, phases: [] })).toMatchObject({ from: '2026-09-01' })
  expect(draft.phases.map((phase) => fits(phase, draft))).toEqual([true])
  const next = newPhase(draft)
  expect(fits(next, draft)).toBe(true)
  expect(fits({ ...next, to: '2026-12-01' }, draft)).toBe(false)
  expect(fits({ ...next, from: '' }, draft)).toBe(false)
})

test('the first and the last day are of the campaign', () => {
  expect(['2026-08-31', '2026-09-01', '2026-11-30', '2026-12-01'].map((day) => stageOf(campaign, day))).toEqual(['planned', 'running', 'running', 'ended'])
})
