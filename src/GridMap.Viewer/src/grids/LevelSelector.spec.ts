// @vitest-environment happy-dom
import { afterEach, expect, test } from 'vitest'
import { mountWithStores } from '../app/mountWithStores'
import LevelSelector from './LevelSelector.vue'

let mounted: Awaited<ReturnType<typeof mountWithStores>> | undefined
afterEach(() => mounted?.end())

test('a fixed level stands in the address, and the zoom decides again when it is let go', async () => {
  mounted = await mountWithStores(LevelSelector, {})
  const { wrapper } = mounted
  expect(wrapper.text()).toContain('Village')
  await wrapper.find('input[data-level="2"]').setValue(true)
  expect(location.search).toContain('level=2')
  await wrapper.find('input[data-level="auto"]').setValue(true)
  expect(location.search).not.toContain('level')
})
