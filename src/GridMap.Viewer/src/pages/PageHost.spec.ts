// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, expect, test } from 'vitest'
import { mountWithStores, settings } from '../app/mountWithStores'
import PageHost from './PageHost.vue'

const me = { kind: 'session', name: 'v', accountId: 9, personId: 9, personName: 'Vo', mustChange: false, unread: 0, roles: [], permissions: ['see-map', 'report'], everywhere: ['see-map', 'report'] }
const signedIn = { '/api/v1/settings': { ...settings, signedIn: true } }

let end = () => {}
afterEach(() => end())

async function show(query: string, answers: Record<string, unknown>) {
  const mounted = await mountWithStores(PageHost, {}, answers, `?lang=en&${query}`)
  end = mounted.end
  await flushPromises()
  return mounted.wrapper
}

test('a page that is for somebody offers sign-in to nobody', async () => {
  const wrapper = await show('page=audit', {})
  expect(wrapper.find('[data-sign-in-needed]').exists()).toBe(true)
  await wrapper.find('[data-sign-in-needed] button').trigger('click')
  expect(location.search).toContain('page=signin&then=audit')
})

test('a page beyond what one may says so, and the menu does not lead there', async () => {
  const wrapper = await show('page=accounts', { ...signedIn, '/api/v1/me': me })
  expect(wrapper.find('[data-forbidden]').exists()).toBe(true)
  expect(wrapper.findAll('[data-menu]').map((each) => each.attributes('data-menu'))).toEqual(['me', 'inbox', 'security'])
})

test('a password that was handed over is changed before anything else', async () => {
  const wrapper = await show('page=me', { ...signedIn, '/api/v1/me': { ...me, mustChange: true, permissions: [], everywhere: [] } })
  await expect.poll(() => wrapper.find('[data-password-form]').exists()).toBe(true)
  expect(wrapper.findAll('[data-menu]').map((each) => each.attributes('data-menu'))).toEqual(['security'])
})
