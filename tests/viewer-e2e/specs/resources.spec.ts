import { expect, test } from '../fixtures'
import { PeoplePage } from '../PeoplePage'

interface Table {
  rows: { grid: string; quantities: { resource: string; planned: number; used: number; own: number; version: number }[] }[]
}

const campaigns = '/api/v1/campaigns'
const idOf = async (people: PeoplePage): Promise<number> => (await people.get<{ items: { id: number }[] }>(campaigns)).items[0]?.id ?? 0
const tableOf = (people: PeoplePage, id: number): Promise<Table> => people.get<Table>(`${campaigns}/${id}/resources`)

test('what is planned is changed in place, and who was faster is asked about', async ({ people, page }) => {
  await people.as('campaign_office')
  const id = await idOf(people)
  const row = (await tableOf(people, id)).rows.at(-1)
  const planned = row?.quantities[0]
  if (!row || !planned) throw new Error('The demonstration has no resources')
  const wanted = planned.own + 1
  await people.open('resources')
  await people.settled()
  await page.locator('input[type=search]').last().fill(await page.locator(`[data-row="${row.grid}"] [data-open]`).innerText())
  const cell = page.locator(`[data-row="${row.grid}"] [data-planned]`).first()
  await cell.click()
  await page.locator('[data-planned-input]').fill(String(wanted))
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await cell.innerText()).replace(/\D/g, '')).toBe(String(wanted))

  await cell.click()
  await people.send(`${campaigns}/${id}/resources`, [{ grid: row.grid, resource: planned.resource, planned: wanted + 10, version: planned.version + 1 }], 'PUT')
  await page.locator('[data-planned-input]').fill(String(wanted + 1))
  await page.keyboard.press('Enter')
  await expect(page.locator('dialog[data-conflict]')).toContainText(String(wanted + 10))
  expect(await people.violations()).toEqual([])
  await people.picture('resources-conflict')
  await page.locator('dialog[data-conflict] [data-submit]').click()
  await expect(page.locator('dialog[data-conflict]')).toHaveCount(0)
  await expect.poll(async () => (await cell.innerText()).replace(/\D/g, '')).toBe(String(wanted + 1))
})

test('a worker enters what was used on their grid, and the table has it', async ({ people, page }) => {
  const { grid } = await people.as('grid_worker')
  const id = await idOf(people)
  const used = async () => (await tableOf(people, id)).rows.find((row) => row.grid === grid)?.quantities[0]?.used ?? 0
  const before = await used()
  await page.setViewportSize({ width: 390, height: 844 })
  await people.open('resources')
  await people.settled()
  await expect(page.locator('[data-kinds]')).toHaveCount(0)
  await page.locator('[data-use]').click()
  await page.locator('[name=use-quantity]').fill('1.5')
  expect(await people.violations()).toEqual([])
  expect(await people.map.smallTargets()).toEqual([])
  await people.picture('resources-use')
  await page.locator('[data-use-form] [data-submit]').click()
  await expect(page.locator('[data-use-form]')).toHaveCount(0)
  expect(await used()).toBe(before + 1.5)
})

test('a zone that is behind leads from the table to the battle map', async ({ people, page }) => {
  await people.as('campaign_office')
  await people.open('progress', { 'f.light': 'red' })
  await people.settled()
  const row = page.locator('tr[data-row]').first()
  const code = (await row.getAttribute('data-row')) ?? ''
  await row.locator('[data-open]').click()
  await expect.poll(() => new URL(page.url()).searchParams.get('grid')).toBe(code)
  await people.map.idle()
})
