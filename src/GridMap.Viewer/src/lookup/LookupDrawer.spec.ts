// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, expect, test } from 'vitest'
import { mountWithStores } from '../app/mountWithStores'
import LookupDrawer from './LookupDrawer.vue'

const point = { lon: 113.05, lat: 22.05 }
const link = (level: number, name: string, telephone: string | null = null) => ({
  level,
  id: level,
  code: `c${level}`,
  name,
  kind: 'village',
  telephone,
  responsible: [{ role: 'grid_leader', name: level === 2 ? null : `Leader of ${name}` }],
})
const interior = {
  point,
  generation: 1,
  match: 'interior',
  chain: [link(1, 'Town', '0757-1'), link(2, 'Village')],
  candidates: [
    { code: 'c2', name: 'Village', distance: 0, share: null },
    { code: 'c9', name: 'Neighbour', distance: 12.4, share: null },
  ],
  outsideShare: null,
  nearest: null,
  borderDistance: 12.4,
}

let mounted: Awaited<ReturnType<typeof mountWithStores>> | undefined
afterEach(() => mounted?.end())

async function drawer(answer: unknown, query?: string) {
  mounted = await mountWithStores(LookupDrawer, { point }, { '/api/v1/lookup': answer }, query)
  return mounted.wrapper
}

test('inside: the innermost grid stands first, each with its people, the telephone to call, the neighbour near the border', async () => {
  const wrapper = await drawer(interior)
  const names = wrapper.findAll('.lookup__chain .lookup__link').map((name) => name.text())
  expect(names).toEqual(['Village', 'Town'])
  expect(wrapper.text()).toContain('Leader of Town')
  expect(wrapper.text()).toContain('Name not public')
  expect(wrapper.find('a[href="tel:0757-1"]').exists()).toBe(true)
  expect(wrapper.text()).toContain('12 m from the border')
  expect(wrapper.findAll('.lookup__near').map((near) => near.find('button').text())).toEqual(['Neighbour'])
})

test('on a border: both sides are named, the grid that answers among them', async () => {
  const wrapper = await drawer({ ...interior, match: 'boundary', borderDistance: 0, candidates: interior.candidates.map((c) => ({ ...c, distance: 0 })) })
  expect(wrapper.text()).toContain('Exactly on a border')
  expect(wrapper.findAll('.lookup__near')).toHaveLength(2)
})

test('outside: the nearest grid with its distance', async () => {
  const wrapper = await drawer({ ...interior, match: 'outside', chain: [], candidates: [], nearest: { code: 'c2', name: 'Village', distance: 1250 }, borderDistance: null })
  expect(wrapper.text()).toContain('In no grid')
  expect(wrapper.text()).toContain('Nearest grid: Village, 1.3 km away')
})

test('the link to report carries the exact point', async () => {
  const wrapper = await drawer(interior)
  await wrapper.find('.lookup__report').trigger('click')
  expect(location.search).toContain('panel=report')
  expect(location.search).toContain('at=113.05,22.05')
})

test('a failure says so and can be tried again', async () => {
  let working = false
  const wrapper = await drawer(() => (working ? interior : undefined))
  expect(wrapper.find('[role=alert]').text()).toContain('Not found')
  working = true
  await wrapper.find('[role=alert] button').trigger('click')
  await flushPromises()
  expect(wrapper.find('[role=alert]').exists()).toBe(false)
  expect(wrapper.text()).toContain('Village')
})
