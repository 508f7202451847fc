import { expect, test } from '../fixtures'
import { violations } from '../axe'

test.use({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true })

interface Own {
  campaign: number
  day: string
  zones: { code: string; own: boolean }[]
}

interface Entry {
  item: string
  quantity: number
  headCount: number | null
  note: string | null
  photos: unknown[]
}

test('a worker logs a zone with a photo and people in one go; without a network the log waits and is sent once', async ({ people, page, context }) => {
  await people.as('grid_worker')
  const { items: campaigns } = await people.get<{ items: { id: number }[] }>('/api/v1/campaigns')
  const own = await people.get<Own>(`/api/v1/campaigns/${campaigns[0]?.id}/worklog/mine`)
  const zone = own.zones[0]?.code ?? ''
  const logged = async (note: string) =>
    (await people.get<{ items: Entry[] }>(`/api/v1/campaigns/${own.campaign}/worklog?grid=${zone}&day=${own.day}&limit=200`)).items.filter((entry) => entry.note === note)
  const word = `e2e ${Date.now()}`

  await page.goto(`/?page=worklog&f.zone=${zone}`)
  const form = page.locator(`[data-log-zone="${zone}"]`)
  await expect(form).toBeVisible()
  expect(await violations(page)).toEqual([])
  expect(await people.map.overflow()).toBe(0)
  expect(await people.map.smallTargets()).toEqual([])
  await page.screenshot({ path: 'screenshots/worklog-form.png' })

  const rows = form.locator('[data-item]')
  await rows.nth(0).locator('[data-quantity]').fill('2.5')
  await rows.nth(1).locator('[data-more]').click()
  await form.locator('[data-people] [data-quantity]').fill('7')
  await form.locator('input[type=file]').setInputFiles({ name: 'work.png', mimeType: 'image/png', buffer: await page.screenshot({ clip: { x: 0, y: 0, width: 320, height: 240 } }) })
  await expect(form.locator('.photos__one')).toHaveCount(1)
  await form.locator('[data-note]').fill(word)
  await form.locator('[data-send]').click()
  await expect(page.locator('[data-log-done="sent"] [data-percent]')).toBeVisible()
  await expect(page.locator('[data-photo] img').first()).toBeVisible()
  const entries = await logged(word)
  expect(entries.map(({ quantity }) => quantity).sort()).toEqual([1, 2.5])
  expect(entries.reduce((sum, { photos }) => sum + photos.length, 0)).toBe(1)
  expect(entries[0]?.headCount).toBeGreaterThanOrEqual(7)
  await page.locator('[data-photo]').first().click()
  await expect(page.locator('[data-large]')).toBeVisible()
  await page.keyboard.press('Escape')

  await page.locator('[data-on-map]').click()
  await expect(page.locator(`[data-zone="${zone}"]`)).toContainText(word)

  await page.goto(`/?page=worklog&f.zone=${zone}`)
  await expect(form).toBeVisible()
  await context.setOffline(true)
  await rows.nth(0).locator('[data-quantity]').fill('1.125')
  await form.locator('[data-note]').fill(`${word} offline`)
  await form.locator('[data-send]').click()
  await expect(page.locator('[data-log-done="kept"]')).toBeVisible()
  await expect(page.locator('[data-waiting="waiting"]')).toBeVisible()
  await page.screenshot({ path: 'screenshots/worklog-offline.png' })
  await context.setOffline(false)
  await expect(page.locator('[data-waiting]')).toHaveCount(0)
  await expect(page.locator('[data-log-done="sent"]')).toBeVisible()
  expect((await logged(`${word} offline`)).map(({ quantity }) => quantity)).toEqual([1.125])

  // What was wrong is corrected by what it should have been, and stays in sight.
  const wrong = page.locator('[data-entry]', { hasText: `${word} offline` })
  await wrong.locator('[data-correct]').click()
  await page.locator('[data-correction] [data-correct-item] [data-quantity]').fill('2')
  await page.locator('[data-correction] [data-submit]').click()
  await expect(wrong.locator('del')).toBeVisible()
})
