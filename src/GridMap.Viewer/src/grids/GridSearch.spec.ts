// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { mountWithStores } from '../app/mountWithStores'
import GridSearch from './GridSearch.vue'

const grid = (code: string) => ({ id: 1, code, name: `Grid ${code}`, level: 2, kind: 'village', parent: 'p', parentName: 'Parent', areaSquareMetres: 1, areaMu: 1, bbox: [0, 0, 1, 1], center: { lon: 0, lat: 0 }, attributes: {}, responsible: [] })

let mounted: Awaited<ReturnType<typeof mountWithStores>> | undefined
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  mounted?.end()
  vi.useRealTimers()
})

async function type(text: string, answers: Record<string, unknown> = { '/api/v1/grids': { items: ['a', 'b'].map(grid), next: null } }) {
  mounted = await mountWithStores(GridSearch, {}, answers)
  const input = mounted.wrapper.find('input')
  await input.trigger('focus')
  for (let i = 1; i <= text.length; i++) await input.setValue(text.slice(0, i))
  vi.advanceTimersByTime(500)
  await flushPromises()
  return { input, wrapper: mounted.wrapper, asked: mounted.asked.filter(({ pathname }) => pathname === '/api/v1/grids') }
}

test('typing asks once, when the typing stops', async () => {
  const { asked, wrapper } = await type('Grid')
  expect(asked.map((url) => url.searchParams.get('q'))).toEqual(['Grid'])
  expect(wrapper.findAll('[role=option]')).toHaveLength(2)
})

test('arrows choose, say so to a screen reader, and Enter opens the chosen one', async () => {
  const { input, wrapper } = await type('Grid')
  await input.trigger('keydown', { key: 'ArrowDown' })
  await input.trigger('keydown', { key: 'ArrowDown' })
  const chosen = wrapper.findAll('[role=option]')[1]
  expect(chosen?.attributes('aria-selected')).toBe('true')
  expect(input.attributes('aria-activedescendant')).toBe(chosen?.attributes('id'))
  await input.trigger('keydown', { key: 'Enter' })
  expect(location.search).toContain('grid=b')
})

test('Enter without a choice opens the first', async () => {
  const { input } = await type('Grid')
  await input.trigger('keydown', { key: 'Enter' })
  expect(location.search).toContain('grid=a')
})

test('a found grid says where it belongs, and what was typed stands out', async () => {
  const { wrapper } = await type('grid A')
  const option = wrapper.findAll('[role=option]')[0]
  expect(option?.text()).toContain('Parent · Village')
  expect(option?.find('mark').text()).toBe('Grid a')
})

test('nothing found is said', async () => {
  const { wrapper } = await type('zzz', { '/api/v1/grids': { items: [], next: null } })
  expect(wrapper.find('[role=status]').text()).toContain('zzz')
})
