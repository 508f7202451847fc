// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, expect, test } from 'vitest'
import { mountWithStores, settings } from '../app/mountWithStores'
import CampaignsPage from './CampaignsPage.vue'

const campaign = {
  id: 3, name: '百日攻坚', nameEn: 'Hundred days', from: '2026-09-01', to: '2026-11-30', zoneLevel: 2, generation: 1, zones: 4,
  items: [{ code: 'heaps', name: '垃圾堆', nameEn: 'Heaps', unit: '处', weight: 3 }, { code: 'sheds', name: '乱搭建', nameEn: 'Sheds', unit: '处', weight: 1 }],
  limits: { green: 0.95, yellow: 0.8 }, today: '2026-11-21', lastLog: null, phases: [], version: 4, newestGeneration: 2, goneZones: 1,
}
const me = { kind: 'session', name: 'o', accountId: 9, personId: 9, personName: 'Office', mustChange: false, unread: 0, roles: [], permissions: ['see-map', 'run-campaigns'], everywhere: ['see-map', 'run-campaigns'] }
const answers = { '/api/v1/settings': { ...settings, signedIn: true }, '/api/v1/me': me }

let end = () => {}
afterEach(() => end())

async function show(more: Record<string, unknown>) {
  const mounted = await mountWithStores(CampaignsPage, {}, { ...answers, ...more }, '?lang=en&page=campaigns')
  end = mounted.end
  await flushPromises()
  return mounted
}

test('a campaign tells what counts how much, and that the boundaries have moved on', async () => {
  const { wrapper } = await show({ '/api/v1/campaigns': { items: [campaign], next: null } })
  await expect.poll(() => wrapper.find('[data-campaign]').exists()).toBe(true)
  expect(wrapper.find('[data-campaign]').text()).toContain('75%')
  expect(wrapper.find('[data-outdated]').text()).toContain('generation 2, this campaign is still on 1')
  expect(wrapper.find('[data-rebase]').exists()).toBe(true)
})

test('where there is none, one is begun, and its weeks are planned next', async () => {
  const { wrapper, asked } = await show({ '/api/v1/campaigns': (url: URL) => (url.search === '' ? { items: [], next: null } : null) })
  await expect.poll(() => wrapper.text()).toContain('No campaign yet')
  await wrapper.find('[data-begin-campaign]').trigger('click')
  const form = wrapper.find('[data-campaign-form]')
  await form.find('[name="campaign-name"]').setValue('Spring')
  await form.find('[name="campaign-to"]').setValue('2099-12-31')
  await form.find('[data-add-item]').trigger('click')
  expect(form.findAll('[data-list="items"] li').length).toBe(2)
  await form.find('[data-add-phase]').trigger('click')
  expect(form.find<HTMLInputElement>('[name="phase-to-0"]').element.value).toBe('2099-12-31')
  expect(form.find('[data-submit]').attributes('disabled')).toBeUndefined()
  await form.find('[name="phase-to-0"]').setValue('2100-01-01')
  expect(form.find('[data-submit]').attributes('disabled')).toBeDefined()
  expect(asked.filter(({ pathname }) => pathname === '/api/v1/campaigns').length).toBe(1)
})
