// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, expect, test, vi } from 'vitest'
import { mountWithStores } from '../app/mountWithStores'
import type { WeekDay } from './gridWeek'
import WeekDialog from './WeekDialog.vue'

let mounted: Awaited<ReturnType<typeof mountWithStores>> | undefined
afterEach(() => mounted?.end())

const own = (day: string, words: string, person: number | null, personName: string | null) => ({ grid: 'A11', day, words, person, personName, version: 1, recurring: null })
const days: WeekDay[] = [
  { day: '2026-09-07', weekday: 'MO', own: own('2026-09-07', 'Ditch', 7, 'Chen'), rules: [] },
  { day: '2026-09-08', weekday: 'TU', own: own('2026-09-08', 'Pond', 7, 'Chen'), rules: [] },
]

/** The dialog, and what it sends. */
async function open() {
  const sent: unknown[] = []
  mounted = await mountWithStores(WeekDialog, { campaign: 1, grid: { code: 'A11', name: 'Mill Lane' }, week: { monday: '2026-09-07', number: 2, phase: null, current: true }, days }, { '/api/v1/campaigns/1/arrangements': [] })
  const service = fetch
  vi.stubGlobal('fetch', async (request: Request) => {
    if (request.method === 'PUT') sent.push(await request.clone().json())
    return service(request)
  })
  return { wrapper: mounted.wrapper, sent }
}

test('who sees to a day stays so when its words change, and other days are not sent', async () => {
  const { wrapper, sent } = await open()
  const rows = wrapper.findAll('[data-write]')
  expect(rows.map((row) => (row.find('[role=combobox]').element as HTMLInputElement).value)).toEqual(['Chen', 'Chen'])
  await rows[1]?.find('[data-words]').setValue('Pond and ditch')
  await wrapper.find('form').trigger('submit')
  await flushPromises()
  expect(sent).toEqual([[{ grid: 'A11', day: '2026-09-08', words: 'Pond and ditch', person: 7, version: 1 }]])
})

test('a name that is emptied takes the person off', async () => {
  const { wrapper, sent } = await open()
  await wrapper.findAll('[role=combobox]')[0]?.setValue('')
  await wrapper.find('form').trigger('submit')
  await flushPromises()
  expect(sent).toEqual([[{ grid: 'A11', day: '2026-09-07', words: 'Ditch', person: null, version: 1 }]])
})
