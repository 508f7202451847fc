// @vitest-environment happy-dom
import { afterEach, expect, test } from 'vitest'
import { nextTick } from 'vue'
import { mountWithStores } from '../app/mountWithStores'
import CoverEditor from './CoverEditor.vue'

let mounted: Awaited<ReturnType<typeof mountWithStores>> | undefined
afterEach(() => mounted?.end())

test('a cover is added, moved, resized and taken away by keys alone', async () => {
  mounted = await mountWithStores(CoverEditor, { url: '/x.jpg', label: 'Before', modelValue: [], 'onUpdate:modelValue': (modelValue: unknown) => void mounted?.wrapper.setProps({ modelValue }) })
  const { wrapper } = mounted
  await wrapper.find('[data-add-cover]').trigger('click')
  await nextTick()
  expect(document.activeElement?.getAttribute('data-cover')).toBe('0')
  const box = () => wrapper.find('[data-cover="0"]')
  for (let i = 0; i < 3; i++) await box().trigger('keydown', { key: 'ArrowRight' })
  await box().trigger('keydown', { key: 'ArrowUp' })
  await box().trigger('keydown', { key: 'ArrowDown', shiftKey: true })
  expect(box().attributes('aria-label')).toBe('Cover 1: 43% from the left, 39% from the top, 20% wide, 21% high')
  await box().trigger('keydown', { key: 'Delete' })
  expect(wrapper.find('[data-cover]').exists()).toBe(false)
  await nextTick()
  expect(document.activeElement?.hasAttribute('data-add-cover')).toBe(true)
})
