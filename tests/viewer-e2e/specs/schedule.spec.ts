import { expect, test } from '../fixtures'
import { PeoplePage } from '../PeoplePage'
import { ScheduleDesk } from '../ScheduleDesk'

const item = 'rubbish'

test('a planner types, pastes and settles a conflict in the schedule, and the map follows', async ({ people, page, service, browser, baseURL }) => {
  const { id } = await service.campaign()
  await people.as('campaign_office')
  const desk = await new ScheduleDesk(page, people).open(id, { lang: 'zh-CN' })

  // It opens at the first zone, in the week that it is.
  const active = (await page.locator('.line--chosen').first().getAttribute('data-line')) ?? ''
  const [first = ''] = active.split('|')
  const week = (await page.locator('[data-week][aria-current]').getAttribute('data-week')) ?? ''
  const lines = await page.locator('[data-line]').evaluateAll((all) => all.map((one) => one.getAttribute('data-line')?.split('|')[0] ?? ''))
  const zones = lines.slice(lines.indexOf(first), lines.indexOf(first) + 3)
  const [, second = '', third = ''] = zones
  const before = await Promise.all(zones.map(async (grid) => ({ grid, item, week, quantity: (await desk.quantity(id, grid, item, week)) ?? 0 })))
  const parent = lines[lines.indexOf(first) - 1] ?? ''
  const sum = async () => Number(await desk.plan(parent, item, week))
  try {
    await expect(page.locator('[data-save="still"]')).toBeVisible()

    // Typed without looking: no key is lost, and the sum follows.
    await desk.type('12.5', '30')
    await expect(desk.saved).toBeVisible()
    await expect.poll(() => desk.quantity(id, first, item, week)).toBe(12.5)
    expect(await desk.quantity(id, second, item, week)).toBe(30)
    expect(await desk.plan(second, item, week)).toBe('30')

    // What is no number is told by row and column, and nothing of the block is entered.
    await page.keyboard.press('ArrowUp')
    await desk.paste('1,200\t3\nx\t4')
    await expect(desk.notice).toContainText('第 2 行第 1 列')
    expect(await desk.plan(second, item, week)).toBe('30')
    await desk.paste('1,200\n７\n')
    await expect.poll(() => desk.quantity(id, third, item, week)).toBe(7)
    expect(await desk.quantity(id, second, item, week)).toBe(1200)
    const high = await sum()
    await page.keyboard.press('Control+z')
    await expect.poll(() => desk.quantity(id, second, item, week)).toBe(30)
    await expect.poll(sum).toBeLessThan(high)

    // A row leads to its zone on the map, and a zone to its row.
    await page.keyboard.press('ArrowUp')
    await expect(desk.map).toHaveAttribute('data-outlined', first)
    await page.keyboard.press('ArrowDown')
    await expect(desk.map).toHaveAttribute('data-outlined', second)
    await expect(desk.map).toHaveAttribute('data-schedule-map', 'idle')
    const frame = await desk.map.boundingBox()
    if (!frame) throw new Error('There is no map')
    // Within the territory, and beside the zone that was brought into the middle.
    await page.mouse.click(frame.x + frame.width * 0.3, frame.y + frame.height * 0.55)
    await expect(desk.map).not.toHaveAttribute('data-outlined', second)
    const chosen = (await desk.map.getAttribute('data-outlined')) ?? ''
    await expect(page.locator(`[data-line="${chosen}|${item}"]`)).toBeInViewport()
    await expect(desk.input).toBeFocused()

    // Two people in one cell: what the second typed is kept beside what the first stored, and asked about.
    const { people: colleague, context } = await PeoplePage.other(browser, baseURL ?? '')
    await colleague.as('campaign_office')
    const other = await new ScheduleDesk(colleague.page, colleague).open(id, { lang: 'zh-CN', grid: first })
    await colleague.page.keyboard.type('77')
    await desk.put(id, [{ grid: first, item, week, quantity: 55 }])
    await colleague.page.keyboard.press('Enter')
    await other.type('31')
    const conflict = other.conflict(first, item, week)
    await expect(conflict).toContainText('55')
    await expect(conflict).toContainText('77')
    await expect.poll(() => desk.quantity(id, second, item, week)).toBe(31)
    expect(await desk.quantity(id, first, item, week)).toBe(55)
    await conflict.locator('[data-hold=mine]').click()
    await expect(conflict).toHaveCount(0)
    await expect.poll(() => desk.quantity(id, first, item, week)).toBe(77)
    // The first screen shows it by itself.
    await page.locator('[data-schedule-find]').fill(first)
    await expect.poll(() => desk.plan(first, item, week)).toBe('77')
    expect(colleague.complaints).toEqual([])
    await context.close()
    expect(await people.violations()).toEqual([])
  } finally {
    await desk.put(id, before)
  }
})

test('a selection that is dragged to the table’s edge moves the table, until it is let go', async ({ people, page, service }) => {
  const { id } = await service.campaign()
  await people.as('campaign_office')
  const desk = await new ScheduleDesk(page, people).open(id)
  const box = await desk.table.boundingBox()
  if (!box) throw new Error('There is no table')
  const scrolled = () => desk.table.evaluate((element) => element.scrollTop)
  const before = await scrolled()
  await page.mouse.move(box.x + box.width / 2, box.y + 200)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width / 2, box.y + box.height + 20, { steps: 4 })
  await expect.poll(scrolled).toBeGreaterThan(before + 400)
  await page.mouse.up()
  // Ten frames later it is where it was.
  const after = await scrolled()
  await page.evaluate(async () => {
    for (let i = 0; i < 10; i++) await new Promise(requestAnimationFrame)
  })
  expect(await scrolled()).toBe(after)
})
