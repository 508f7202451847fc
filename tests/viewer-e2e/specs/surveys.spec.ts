import { expect, test } from '../fixtures'
import { ResidentPage } from '../ResidentPage'

const code = 'jiaxiang'

test('a resident answers on a phone without a network for a while; the office sees it and makes an issue of the suggestion', async ({ browser, baseURL, people, page }) => {
  const { grid } = await people.account('grid_worker')
  const words = `巷口路灯不亮 ${Date.now()}`
  const resident = await ResidentPage.at(browser, baseURL ?? '', null)
  await resident.open(`/s/${code}?g=${grid}`)
  const phone = resident.page
  await expect(phone.locator('[data-progress]')).toContainText('0 / 9')
  expect(await resident.violations()).toEqual([])
  await resident.picture('survey-phone')

  // What is missing is shown, and not sent.
  await resident.send()
  await expect(phone.locator('.question--missed')).toHaveCount(5)
  for (const [item, value] of [[1, 8], [2, 7], [3, 9], [4, 6], [5, 10], [6, 4], [7, 1], [7, 5], [8, 2]] as const) await phone.locator(`[data-item="${item}"] label`).nth(value - 1).click()
  await phone.locator('[data-item="9"] textarea').fill(words)
  await expect(phone.locator('[data-progress]')).toContainText('9 / 9')

  // The page is left and comes back with what was typed; then there is no network.
  await phone.reload()
  await expect(phone.locator('[data-progress]')).toContainText('9 / 9')
  await resident.context.setOffline(true)
  await expect(phone.locator('[data-offline]')).toBeVisible()
  await resident.send()
  await expect(phone.locator('[data-kept]')).toBeVisible()
  await resident.picture('survey-kept')
  await resident.context.setOffline(false)
  await expect(phone.locator('[data-done]')).toBeVisible()
  await resident.picture('survey-done')

  await people.as('campaign_office')
  await people.open('surveys')
  await page.locator(`[data-open-survey="${code}"]`).click()
  await expect(page.locator('[data-question="1"]')).toBeVisible()
  await page.screenshot({ path: 'screenshots/survey-results.png' })
  await page.locator('[data-tab="texts"]').click()
  const text = page.locator('[data-text]', { hasText: words })
  await expect(text).toHaveCount(1)
  await text.locator('[data-make-issue]').click()
  await expect(page.locator('dialog select[name=category] option:checked')).toContainText('路灯')
  await page.screenshot({ path: 'screenshots/survey-suggestion.png' })
  await page.locator('dialog [data-submit]').click()
  await expect(text.locator('[data-issue]')).toContainText(/\d{6}-\d+/)
  await resident.context.close()
})

test('a closed survey tells its results to everybody', async ({ browser, baseURL }) => {
  const resident = await ResidentPage.at(browser, baseURL ?? '', null)
  await resident.open('/s/jiaxiang-q3')
  await expect(resident.page.locator('[data-survey-note="survey_closed"]')).toBeVisible()
  await expect(resident.page.locator('[data-survey-results] tbody tr').first()).toBeVisible()
  expect(await resident.violations()).toEqual([])
  await resident.picture('survey-closed')
  await resident.open('/s/nothing-here')
  await expect(resident.page.locator('[data-survey-note="unknown_survey"]')).toBeVisible()
  await resident.context.close()
})
