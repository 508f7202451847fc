// @vitest-environment happy-dom
import { afterEach, expect, test } from 'vitest'
import { mountWithStores } from '../app/mountWithStores'
import CategoryPicker from './CategoryPicker.vue'

const category = (code: string, parent: string | null) => ({ code, parent, name: code, nameEn: `Category ${code}`, unit: '', limitValue: 1, limitUnit: 'hours', picture: '', measured: false, active: true, version: 1, limits: [] })
const items = [category('01', null), ...Array.from({ length: 15 }, (_, i) => category(`01${i}`, '01'))]

let mounted: Awaited<ReturnType<typeof mountWithStores>> | undefined
afterEach(() => mounted?.end())

async function picker(chosen: string | null) {
  mounted = await mountWithStores(CategoryPicker, { modelValue: chosen }, { '/api/v1/categories': { items } })
  return mounted.wrapper
}

test('twelve are shown, the rest behind one press, and a heading is none of them', async () => {
  const wrapper = await picker(null)
  expect(wrapper.findAll('input')).toHaveLength(12)
  expect(wrapper.find('input[data-category="01"]').exists()).toBe(false)
  await wrapper.find('.categories__more').trigger('click')
  expect(wrapper.findAll('input')).toHaveLength(15)
})

test('the chosen one stays in sight', async () => {
  const wrapper = await picker('0114')
  expect(wrapper.find<HTMLInputElement>('input[data-category="0114"]').element.checked).toBe(true)
})
