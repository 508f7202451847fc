import { expect, test } from '../fixtures'

/** A name that no other run of these tests has used. */
const unique = (what: string) => `${what}-${Date.now().toString(36)}`

test('points open to their entries, a reward is handed out, and a recount finds nothing', async ({ people, page }) => {
  await people.open('points')
  await people.signInButton.click()
  await people.signInAsDemo('campaign_office')
  await people.settled()
  expect(await people.violations()).toEqual([])
  const first = page.locator('tr[data-row]').first()
  const [name, balance] = [await first.locator('th').innerText(), Number((await first.locator('b').innerText()).replace(/\D/g, ''))]
  expect(balance).toBeGreaterThan(0)
  await first.locator('[data-open-entries]').click()
  const ledger = page.locator('dialog[open]')
  await expect(ledger.locator('tr[data-row]').first()).toBeVisible()
  expect(await people.violations()).toEqual([])
  await page.keyboard.press('Escape')
  await expect(ledger).toHaveCount(0)

  await page.locator('[data-tab=shop]').click()
  const reward = unique('伞')
  await page.locator('[data-new-reward]').click()
  await page.locator('input[name=reward-name]').fill(reward)
  await page.locator('input[name=reward-cost]').fill('1')
  await page.locator('input[name=reward-stock]').fill('2')
  await page.locator('dialog[open] [data-submit]').click()
  const row = page.locator('tr[data-row]', { hasText: reward })
  await row.locator('[data-redeem]').click()
  await page.locator('dialog[open]').getByRole('combobox').fill(name)
  await page.locator('dialog[open]').getByRole('option').filter({ hasText: name }).first().click()
  await page.locator('dialog[open] [data-submit]').click()
  await expect(row.locator('[data-title=剩余]')).toHaveText('1')

  await page.locator('[data-tab=rules]').click()
  await page.locator('[data-points-check] [data-check]').click()
  await expect(page.locator('[data-differences]')).toHaveAttribute('data-differences', '0')
})
