import { expect, test } from '../fixtures'
import { PeoplePage } from '../PeoplePage'
import { inside, outline, type PlanGrid, type Place } from '../PlannerDesk'
import { ResidentPage } from '../ResidentPage'

const rubbish = '0101'

/** The innermost grids in which the demonstration's worker works. */
async function workersGrids(people: PeoplePage): Promise<PlanGrid[]> {
  const { grid } = await people.account('grid_worker')
  const response = await people.page.request.get(`/api/v1/grids?parent=${grid}&limit=100`, { headers: { Accept: 'application/geo+json' } })
  const { features } = (await response.json()) as { features: PlanGrid[] }
  return features
}

/** Ten metres inside a grid from the middle of an edge that it shares with another of the list. */
function besideBorder(one: PlanGrid, all: PlanGrid[]): Place {
  const ring = outline(one)
  const others = new Set(all.filter((each) => each !== one).flatMap((each) => outline(each).map(([lon, lat]) => `${lon},${lat}`)))
  const [middleLon, middleLat] = inside(one)
  for (let i = 0; i + 1 < ring.length; i++) {
    const [a, b] = [ring[i] as Place, ring[i + 1] as Place]
    if (!others.has(`${a[0]},${a[1]}`) || !others.has(`${b[0]},${b[1]}`) || Math.hypot(a[0] - b[0], a[1] - b[1]) < 3e-4) continue
    const [lon, lat] = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
    const length = Math.hypot(middleLon - lon, middleLat - lat)
    return [lon + ((middleLon - lon) / length) * 6e-5, lat + ((middleLat - lat) / length) * 6e-5]
  }
  throw new Error('no common border')
}

test('the whole way: a report from a sticker, claimed and mended by a worker, checked by a leader, opened again by the reporter', async ({ browser, baseURL, people, page }) => {
  const grids = await workersGrids(people)
  const grid = grids[0] as PlanGrid
  const resident = await ResidentPage.at(browser, baseURL ?? '', { at: inside(grid), accuracy: 5 })
  await resident.open(`/r/${grid.properties.code}`)
  await expect(resident.grid).toContainText(grid.properties.name)
  await resident.photo(180)
  await resident.category(rubbish)
  await resident.page.locator('[name=description]').fill('路口一堆垃圾')
  const distinct = resident.page.locator('[data-distinct]')
  if (await distinct.isVisible().catch(() => false)) await distinct.click()
  await resident.picture('resident-report')
  expect(await resident.violations()).toEqual([])
  await resident.send()
  const { number, track } = await resident.received()
  await resident.picture('resident-received')

  await people.as('grid_worker')
  await page.goto(`/?panel=issue&issue=${number}`)
  await page.locator('[data-step="claim"]').click()
  await expect(page.locator('[data-step="rectify"]')).toBeVisible()
  await page.locator('[data-step="rectify"]').click()
  const form = page.locator('[data-step-form="rectify"]')
  await form.locator('input[type=file]').setInputFiles({ name: 'after.png', mimeType: 'image/png', buffer: await page.screenshot({ clip: { x: 0, y: 0, width: 320, height: 240 } }) })
  await expect(form.locator('.photos__one')).toHaveCount(1)
  await page.screenshot({ path: 'screenshots/issue-rectify.png' })
  await form.locator('[data-step-send]').click()
  await expect(page.locator('[data-step="pass"]')).toBeVisible()

  await resident.open(track)
  await expect(resident.page.locator('[data-tracked="rectified"]')).toBeVisible()

  const office = await PeoplePage.other(browser, baseURL ?? '')
  await office.people.as('campaign_office')
  await office.people.page.goto(`/?panel=issue&issue=${number}`)
  await office.people.page.locator('[data-step="pass"]').click()
  await office.people.page.locator('[data-step-send]').click()
  await expect(office.people.page.locator('[data-more-steps], [data-step="reopen"]').first()).toBeVisible()

  await resident.page.reload()
  await expect(resident.page.locator('[data-tracked="writtenOff"]')).toBeVisible()
  await expect(resident.page.locator('.track__photos img').first()).toBeVisible()
  await resident.page.locator('[data-score="2"]').click()
  await expect(resident.page.locator('[data-score="2"]')).toHaveAttribute('aria-pressed', 'true')
  await resident.picture('resident-track')
  expect(await resident.violations()).toEqual([])
  await resident.page.locator('[data-not-fixed]').click()
  await resident.page.locator('[name=why]').fill('又堆起来了')
  await resident.page.locator('[data-reopen]').click()
  await expect(resident.page.locator('[data-tracked="claimed"]')).toBeVisible()
  // The worker's page hears of it.
  await expect(page.locator('[data-step="rectify"]')).toBeVisible({ timeout: 20_000 })
  await office.context.close()
  await resident.context.close()
})

test('near a border the reporter says on which side, and that grid gets it', async ({ browser, baseURL, people }) => {
  const grids = await workersGrids(people)
  const grid = grids.find((each) => { try { besideBorder(each, grids); return true } catch { return false } }) as PlanGrid
  const resident = await ResidentPage.at(browser, baseURL ?? '', { at: besideBorder(grid, grids), accuracy: 30 })
  await resident.open('/r')
  const sides = resident.page.locator('[data-side]')
  await expect(sides.first()).toBeVisible({ timeout: 20_000 })
  const own = (await resident.grid.innerText()).split('·').at(-1)?.trim() ?? ''
  await resident.picture('resident-border')
  const codes = await sides.evaluateAll((all) => all.map((one) => one.getAttribute('data-side') ?? ''))
  const there = (await people.page.request.get(`/api/v1/lookup?lon=${besideBorder(grid, grids)[0]}&lat=${besideBorder(grid, grids)[1]}`).then((answer) => answer.json())) as { chain: { code: string }[] }
  const other = codes.find((code) => code !== there.chain.at(-1)?.code) ?? ''
  await resident.page.locator(`[data-side="${other}"]`).click()
  await expect(resident.page.locator('[data-sides]')).toHaveCount(0)
  expect((await resident.grid.innerText())).not.toBe(own)
  await resident.category(rubbish)
  const distinct = resident.page.locator('[data-distinct]')
  await resident.page.waitForTimeout(800)
  if (await distinct.isVisible()) await distinct.click()
  await resident.send()
  const { number } = await resident.received()
  const issue = (await (await people.page.request.get(`/api/v1/issues/${number}`)).json()) as { grid: string }
  expect(issue.grid).toBe(other)
  await resident.context.close()
})

test('without a network the report waits in the phone, outlives a reload, and is one issue in the end', async ({ browser, baseURL, people }) => {
  const grids = await workersGrids(people)
  const grid = grids[1] as PlanGrid
  const resident = await ResidentPage.at(browser, baseURL ?? '', { at: inside(grid), accuracy: 5 })
  await resident.open(`/r/${grid.properties.code}`)
  await expect(resident.grid).toBeVisible()
  await resident.category('0602')
  const words = `offline ${Date.now()}`
  await resident.page.locator('[name=description]').fill(words)
  // The net is gone in the very moment of sending: the service has the report, its answer is lost.
  let arrived = 0
  await resident.page.route('**/api/v1/issues', async (route) => {
    if (route.request().method() !== 'POST') return route.continue()
    if (arrived++ === 0) await route.fetch()
    await route.abort('internetdisconnected')
  })
  await resident.send()
  await expect(resident.page.locator('[data-waiting="waiting"]')).toBeVisible({ timeout: 20_000 })
  await resident.picture('resident-waiting')
  await resident.page.reload()
  await expect(resident.page.locator('[data-waiting]')).toBeVisible()
  await resident.page.unroute('**/api/v1/issues')
  await resident.page.getByRole('button', { name: '现在发送' }).click()
  await expect(resident.page.locator('[data-sent]')).toBeVisible({ timeout: 20_000 })
  await expect(resident.page.locator('[data-waiting]')).toHaveCount(0)
  await people.as('campaign_office')
  const list = (await (await people.page.request.get(`/api/v1/issues?grid=${grid.properties.code}&limit=200`)).json()) as { items: { number: string }[] }
  const details = await Promise.all(list.items.map(async ({ number }) => (await (await people.page.request.get(`/api/v1/issues/${number}`)).json()) as { description: string }))
  expect(details.filter(({ description }) => description === words)).toHaveLength(1)
  await resident.context.close()
})

test('without a position the map is tapped or the sticker stands for it; a sticker elsewhere is told', async ({ browser, baseURL, people }) => {
  const grids = await workersGrids(people)
  const [here, there] = [grids[0] as PlanGrid, grids[2] as PlanGrid]
  const resident = await ResidentPage.at(browser, baseURL ?? '', null)
  await resident.open(`/r/${here.properties.code}`)
  await expect(resident.page.locator('[data-place="denied"], [data-place="unavailable"]')).toBeVisible({ timeout: 20_000 })
  await resident.page.locator('[data-open-map]').click()
  await expect(resident.page.locator('[data-place-here]')).toBeEnabled({ timeout: 20_000 })
  await resident.page.waitForTimeout(1500)
  await resident.picture('resident-map')
  await resident.page.locator('[data-place-here]').click()
  await expect(resident.grid).toBeVisible()
  await resident.open(`/r/${here.properties.code}`)
  await resident.page.locator('[data-use-sticker]').click()
  await expect(resident.page.locator('[data-place="found"]')).toBeVisible()
  await resident.context.close()

  const elsewhere = await ResidentPage.at(browser, baseURL ?? '', { at: inside(there), accuracy: 4 })
  await elsewhere.open(`/r/${here.properties.code}?lang=en`)
  await expect(elsewhere.page.locator('[data-elsewhere]')).toBeVisible()
  await elsewhere.picture('resident-elsewhere')
  await elsewhere.open('/t/nothing')
  await expect(elsewhere.page.locator('[data-track-missing]')).toBeVisible()
  await elsewhere.context.close()
})

test('the board tells everybody what was reported, closed and really fixed, and comes as a sheet', async ({ browser, baseURL }) => {
  const resident = await ResidentPage.at(browser, baseURL ?? '', null)
  await resident.open('/board')
  const { page } = resident
  await page.locator('[name=period]').selectOption('90')
  await expect(page.locator('[data-total="reported"] dd')).not.toHaveText('0')
  const number = async (name: string) => Number(await page.locator(`[data-total="${name}"] dd`).innerText())
  expect(await number('fixed')).toBeLessThanOrEqual(await number('writtenOff'))
  const rows = await page.locator('tbody tr').count()
  expect(rows).toBeGreaterThan(5)
  await resident.picture('resident-board')
  expect(await resident.violations()).toEqual([])
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.board__sheet').click()])
  expect(download.suggestedFilename()).toMatch(/^write-offs-.*\.xlsx$/)
  await page.setViewportSize({ width: 1440, height: 900 })
  await resident.picture('resident-board-desktop')
  await resident.context.close()
})
