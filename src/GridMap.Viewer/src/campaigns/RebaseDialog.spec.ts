// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, expect, test } from 'vitest'
import { mountWithStores } from '../app/mountWithStores'
import RebaseDialog from './RebaseDialog.vue'

const campaign = {
  id: 3, name: '百日攻坚', nameEn: 'Hundred days', from: '2026-09-01', to: '2026-11-30', zoneLevel: 3, generation: 1, zones: 4,
  items: [{ code: 'heaps', name: '垃圾堆', nameEn: 'Heaps', unit: '处', weight: 3 }, { code: 'sheds', name: '乱搭建', nameEn: 'Sheds', unit: '处', weight: 1 }],
  limits: { green: 0.95, yellow: 0.8 }, today: '2026-11-21', lastLog: null, phases: [], version: 1, newestGeneration: 2, goneZones: 1,
}
const answer = {
  campaign: 3, from: 1, to: 2, zonesBefore: 4, zonesAfter: 5, added: [{ code: 'A15', name: 'Zone 15' }],
  moved: [{ from: { code: 'A11', name: 'Zone 11' }, to: { code: 'A12', name: 'Zone 12' }, planned: [12, 0], done: [0, 0] }],
}

let end = () => {}
afterEach(() => end())

test('what would happen is told first, and done when it is wanted', async () => {
  const mounted = await mountWithStores(RebaseDialog, { campaign }, { '/api/v1/campaigns/3/rebase': answer })
  end = mounted.end
  await expect.poll(() => mounted.wrapper.find('[data-moved] tbody').exists()).toBe(true)
  const asks = () => mounted.asked.filter(({ pathname }) => pathname.endsWith('/rebase')).map(({ search }) => search)
  expect(asks()).toEqual(['?dryRun=true'])
  expect(mounted.wrapper.findAll('[data-moved] tbody td').map((cell) => cell.text())).toEqual(['Zone 11 A11', 'Zone 12 A12', expect.stringMatching(/^Heaps 12 \S+$/), 'nothing entered'])
  expect(mounted.wrapper.find('[data-added]').text()).toContain('Zone 15')
  await mounted.wrapper.find('form').trigger('submit')
  await flushPromises()
  expect(asks()).toEqual(['?dryRun=true', '?dryRun=false'])
  expect(mounted.wrapper.emitted('moved')?.[0]).toEqual([answer])
})

test('where no ground came to a grid of the campaign, the office says who takes over', async () => {
  const refusal = () => Response.json({ status: 409, title: 'Conflict', code: 'no_heir', detail: 'No ground of A11', withoutHeir: [{ code: 'A11', name: 'Zone 11' }] }, { status: 409 })
  const mounted = await mountWithStores(RebaseDialog, { campaign }, { '/api/v1/campaigns/3/rebase': refusal })
  end = mounted.end
  await expect.poll(() => mounted.wrapper.find('[data-heirs]').exists()).toBe(true)
  expect(mounted.wrapper.find('[data-heirs]').text()).toContain('Zone 11 A11')
  expect(mounted.wrapper.find('[data-refusal]').exists()).toBe(false)
  expect(mounted.wrapper.find('[data-submit]').attributes('disabled')).toBeDefined()
})
