// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, expect, test } from 'vitest'
import { mountWithStores } from '../app/mountWithStores'
import CalendarPage from './CalendarPage.vue'

let mounted: Awaited<ReturnType<typeof mountWithStores>> | undefined
afterEach(() => mounted?.end())

const stored = { year: 2027, source: 'Notice 7', version: 'v1', days: [{ day: '2027-01-01', isWorkday: false, name: 'New Year' }, { day: '2027-01-02', isWorkday: false, name: 'New Year' }] }

async function page(year: number, answers: Record<string, unknown>) {
  mounted = await mountWithStores(CalendarPage, {}, answers, `?page=calendar&f.year=${year}&lang=en`)
  return mounted
}

test('a day is changed by a press, what it moves is told, and only then it is stored', async () => {
  const { wrapper, asked } = await page(2027, { '/api/v1/calendar/2027': (url: URL) => (url.search ? { year: 2027, days: 3, issues: 4 } : stored) })
  expect(wrapper.findAll('[data-day]')).toHaveLength(365)
  const day = () => wrapper.find('[data-day="2027-01-04"]')
  expect(wrapper.find('[data-day="2027-01-01"]').text()).toContain('Day of rest · New Year')
  expect(wrapper.find<HTMLButtonElement>('[data-save]').element.disabled).toBe(true)
  await day().trigger('click')
  expect(day().attributes('data-kind')).toBe('rest')
  expect(day().text()).toContain('off')
  await wrapper.find('[data-save]').trigger('click')
  await flushPromises()
  expect(wrapper.find('[data-moves]').attributes('data-moves')).toBe('4')
  expect(asked.at(-1)?.search).toBe('?dryRun=true')
  await wrapper.find('[data-store]').trigger('click')
  await flushPromises()
  expect(asked.some(({ search }) => search === '?dryRun=false')).toBe(true)
})

test('arrows go from day to day, and one day is in the order of Tab', async () => {
  const { wrapper } = await page(2027, { '/api/v1/calendar/2027': stored })
  const first = wrapper.findAll('[data-day]').filter((each) => each.attributes('tabindex') === '0')
  expect(first).toHaveLength(1)
  await wrapper.find('[data-day="2027-01-01"]').trigger('keydown', { key: 'ArrowDown' })
  expect(wrapper.find('[data-day][tabindex="0"]').attributes('data-day')).toBe('2027-01-08')
})

test('a year that is not announced says so', async () => {
  const { wrapper } = await page(2031, { '/api/v1/calendar/2031': { year: 2031, source: '', version: 'v0', days: [] } })
  expect(wrapper.find('[data-no-year]').text()).toContain('2031')
})
