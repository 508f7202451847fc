// @vitest-environment happy-dom
import { defineComponent, h } from 'vue'
import { expect, test } from 'vitest'
import { mountWithStores } from '../app/mountWithStores'
import { useFormat } from './format'

test('a date tells its year when it is not the present one', async () => {
  const now = Date.parse('2026-11-26T00:00:00Z')
  const said: string[] = []
  const Saying = defineComponent(() => {
    const { date } = useFormat()
    said.push(date('2026-11-21T12:00:00Z', now), date('2031-08-07T12:00:00Z', now))
    return () => h('p')
  })
  for (const query of ['?lang=zh-CN', '?lang=en']) (await mountWithStores(Saying, {}, {}, query)).end()
  expect(said).toEqual(['11月21日 周六', '2031年8月7日 周四', 'Sat, Nov 21', 'Thu, Aug 7, 2031'])
})
