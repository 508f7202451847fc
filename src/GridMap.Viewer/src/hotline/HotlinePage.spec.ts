// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, expect, test, vi } from 'vitest'
import { mountWithStores } from '../app/mountWithStores'
import HotlinePage from './HotlinePage.vue'

// The map needs WebGL, which this place has not; what is chosen on it comes in by its event.
vi.mock('../map/makePlaceMap', () => ({ closeZoom: 17, makePlaceMap: async () => null }))

const grid = { id: 5, code: 'A11', name: 'Mill Lane', level: 2, bbox: [113, 22, 113.01, 22.01], center: { lon: 113.005, lat: 22.005 } }
const category = { code: '0205', parent: null, name: 'C', nameEn: 'Rubbish', unit: '', limitValue: 1, limitUnit: 'hours', picture: '', measured: false, active: true, version: 1, limits: [] }
const receipt = { number: '261127-00001', state: 'reported', generation: 1, assigned: true, chain: [{ level: 2, id: 5, code: 'A11', name: 'Mill Lane', kind: 'village' }], responsible: [], dueAt: '2026-11-28T09:30:00Z', track: '/t/word', dueIsCertain: true, qrAgrees: true }
const lookup = { point: grid.center, generation: 1, match: 'interior', chain: receipt.chain, candidates: [], outsideShare: 0, nearest: null }

let mounted: Awaited<ReturnType<typeof mountWithStores>> | undefined
afterEach(() => mounted?.end())

test('a call is typed from field to field, sent by keys, and what to tell the caller is shown', async () => {
  const sent: unknown[] = []
  mounted = await mountWithStores(HotlinePage, {}, {
    '/api/v1/categories': { items: [category] }, '/api/v1/grids': { items: [grid], next: null }, '/api/v1/lookup': lookup,
    '/api/v1/issues': () => Response.json(receipt, { status: 201 }),
  })
  const service = fetch
  vi.stubGlobal('fetch', async (request: Request) => {
    if (request.method === 'POST') sent.push(await request.clone().json())
    return service(request)
  })
  const { wrapper } = mounted
  expect(document.activeElement?.getAttribute('name')).toBe('contact')
  await wrapper.find('[name="contact"]').setValue('13800000000')
  await wrapper.find('[name="words"]').setValue('a heap of rubbish')
  await wrapper.find('input[value="danger"]').setValue()
  await wrapper.find('form').trigger('keydown', { key: 'Enter', ctrlKey: true })
  expect(wrapper.findAll('[data-missing]')).toHaveLength(2)
  await wrapper.find('[data-category="0205"]').setValue()
  const search = wrapper.find('[role="combobox"]')
  await search.trigger('focus')
  await search.setValue('mill')
  await expect.poll(() => wrapper.findAll('[role="option"]').length).toBe(1)
  await search.trigger('keydown', { key: 'ArrowDown' })
  await search.trigger('keydown', { key: 'Enter' })
  await flushPromises()
  expect(wrapper.find('[data-hotline-place]').text()).toContain('Only the grid is known')
  await wrapper.find('form').trigger('keydown', { key: 'Enter', ctrlKey: true })
  await flushPromises()
  expect(sent).toEqual([{ category: '0205', ...grid.center, crs: null, accuracy: null, contact: '13800000000', source: 'hotline', severity: 'severe', description: '[Dangerous] [Known to be in Mill Lane, no nearer] a heap of rubbish' }])
  expect(wrapper.find('[data-hotline-done]').attributes('data-number')).toBe(receipt.number)
  expect(wrapper.find<HTMLInputElement>('[data-hotline-link]').element.value).toBe(`${location.origin}/t/word`)
  expect(document.activeElement?.hasAttribute('data-next-call')).toBe(true)
  await wrapper.find('[data-next-call]').trigger('click')
  expect(wrapper.find<HTMLInputElement>('[name="contact"]').element.value).toBe('')
})
