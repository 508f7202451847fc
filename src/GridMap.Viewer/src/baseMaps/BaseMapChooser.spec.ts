// @vitest-environment happy-dom
import { afterEach, expect, test } from 'vitest'
import type { BaseMap } from '../api/types'
import { mountWithStores, settings } from '../app/mountWithStores'
import BaseMapChooser from './BaseMapChooser.vue'

const base = (id: string, refused: BaseMap['refused'] = null): BaseMap => ({ id, name: id, nameEn: `${id} map`, kind: 'tiles', content: 'raster', layers: [], tileSize: 256, minZoom: 0, maxZoom: 18, attribution: '', approval: '', refused })
const baseMaps = [base('streets'), base('amap', { code: 'datum_gcj02', detail: 'said by the service' })]

let mounted: Awaited<ReturnType<typeof mountWithStores>> | undefined
afterEach(() => mounted?.end())

async function opened(maps: BaseMap[], query = '?lang=en') {
  mounted = await mountWithStores(BaseMapChooser, {}, { '/api/v1/settings': { ...settings, baseMaps: maps } }, query)
  await mounted.wrapper.find('button').trigger('click')
  return mounted.wrapper
}

test('without base maps there is nothing to choose', async () => {
  mounted = await mountWithStores(BaseMapChooser, {})
  expect(mounted.wrapper.find('button').exists()).toBe(false)
})

test('what is chosen stands in the address bar, and none takes it out again', async () => {
  const wrapper = await opened(baseMaps)
  await wrapper.find('input[data-base="streets"]').trigger('change')
  expect(location.search).toContain('base=streets')
  await wrapper.find('input[data-base=""]').trigger('change')
  expect(location.search).not.toContain('base=')
})

test('a refused one cannot be chosen and says why', async () => {
  const wrapper = await opened(baseMaps, '?lang=en&base=amap')
  const input = wrapper.find('input[data-base="amap"]')
  expect(input.attributes('disabled')).toBeDefined()
  expect(wrapper.find(`#${input.attributes('aria-describedby')}`).text()).toContain('100–700 m')
  expect(wrapper.find<HTMLInputElement>('input[data-base=""]').element.checked).toBe(true)
})

test('a reason that the viewer has no words for is said in those of the service', async () => {
  const wrapper = await opened([base('odd', { code: 'new_reason' as 'key_missing', detail: 'said by the service' })])
  expect(wrapper.text()).toContain('said by the service')
})

test('Esc closes the list and gives the focus back', async () => {
  const wrapper = await opened(baseMaps)
  await wrapper.find('fieldset').trigger('keydown', { key: 'Escape' })
  expect(wrapper.find('fieldset').exists()).toBe(false)
  expect(document.activeElement).toBe(wrapper.find('button').element)
})
