import { expect, test } from '../fixtures'
import { PeoplePage } from '../PeoplePage'
import { PlannerDesk, boxOf, commonBorder, inside, type PlanGrid, type Place } from '../PlannerDesk'

const micro = 4

interface Pair { one: PlanGrid; other: PlanGrid; border: Place[] }

/** Neighbours within one parent whose common border has at least so many vertices. */
function neighbours(grids: PlanGrid[], least = 4): Pair {
  for (const one of grids) {
    for (const other of grids) {
      if (one === other || one.properties.parent !== other.properties.parent) continue
      const border = commonBorder(one, other)
      if (border.length >= least) return { one, other, border }
    }
  }
  throw new Error(`No two grids have a border of ${least} vertices`)
}

const between = ([x, y]: Place, [toX, toY]: Place, share: number): Place => [x + (toX - x) * share, y + (toY - y) * share]
const code = ({ properties }: PlanGrid) => properties.code
const codes = (grids: PlanGrid[]) => grids.map(code)

/** From north to south through the middle of a grid, a little beyond its borders. */
function across(grid: PlanGrid): Place[] {
  const [, south, , north] = boxOf([grid])
  const [lon] = inside(grid)
  return [[lon, north + (north - south) / 8], [lon, south - (north - south) / 8]]
}

/** The line that splits a grid in two is drawn; nothing is done yet. */
async function drawSplit(desk: PlannerDesk, grid: PlanGrid): Promise<void> {
  await desk.look([grid])
  await desk.press(inside(grid))
  await desk.choose('split')
  await desk.draw(across(grid))
}

test.beforeEach(async ({ people }) => {
  await people.as('admin')
})

test('a grid is split by a drawn line: what it does is told first, then done, taken back and done again', async ({ desk }) => {
  await desk.open(await desk.start('e2e split'))
  const grids = await desk.grids({ level: micro })
  const { one } = neighbours(grids)
  await desk.look([one])
  await desk.press(inside(one))
  expect(await desk.facts()).toBe(code(one))
  await desk.choose('split')
  expect(await desk.step).toBe('split')
  await desk.draw(across(one))
  expect(await desk.told()).toContain('新增 1 个网格')
  await desk.picture('planner-split')
  await desk.apply()
  expect((await desk.grids({ level: micro })).length).toBe(grids.length + 1)
  await desk.inspect('edits')
  await desk.picture('planner-edits')
  await desk.undo()
  expect(await desk.grids({ changed: true })).toEqual([])
  await desk.redo()
  expect((await desk.edits()).map(({ kind, undone }) => [kind, undone])).toEqual([['split', false]])
})

test('the part that is pressed keeps the code', { tag: '@full' }, async ({ desk }) => {
  await desk.open(await desk.start('e2e keep'))
  const { one } = neighbours(await desk.grids({ level: micro }))
  await drawSplit(desk, one)
  await desk.told()
  const [west, , east] = boxOf([one])
  const at: Place = between(inside(one), [west + (east - west) * 0.9, inside(one)[1]], 0.15)
  await desk.press(at)
  await desk.told()
  await desk.apply()
  const kept = (await desk.edits()).at(-1)?.parameters['keepAt'] as Place
  expect(kept[0]).toBeCloseTo(at[0], 4)
})

test('the border between two grids is redrawn, from vertex to vertex of the plan', async ({ desk }) => {
  await desk.open(await desk.start('e2e reshape'))
  const { one, other, border } = neighbours(await desk.grids({ level: micro }))
  await desk.look([one, other], 220)
  await desk.press(inside(one))
  await desk.choose('reshape')
  const [first, last] = [border[0] as Place, border.at(-1) as Place]
  await desk.draw([first, between(between(first, last, 0.5), inside(other), 0.35), last])
  expect(await desk.told()).toContain('边界改变')
  await desk.picture('planner-reshape')
  await desk.apply()
  const changed = codes(await desk.grids({ changed: true }))
  expect(changed).toContain(code(one))
  expect(changed).toContain(code(other))
  expect((await desk.edits())[0]?.parameters).toMatchObject({ kind: 'reshape', grid: code(one), neighbour: code(other) })
})

test('a piece is outlined and goes to the neighbour', { tag: '@full' }, async ({ desk }) => {
  await desk.open(await desk.start('e2e transfer'))
  const { one, other, border } = neighbours(await desk.grids({ level: micro }))
  await desk.look([one, other], 220)
  await desk.press(inside(one))
  await desk.choose('transfer')
  const [first, last] = [border[0] as Place, border.at(-1) as Place]
  const middle = between(first, last, 0.5)
  await desk.draw([first, between(middle, inside(one), 0.5), last, between(middle, inside(other), 0.4)])
  expect(await desk.told()).toContain('边界改变')
  await desk.picture('planner-transfer')
  await desk.apply()
  expect((await desk.edits())[0]?.parameters).toMatchObject({ kind: 'transfer', from: code(one), to: code(other) })
})

test('two grids are pressed and become one', { tag: '@full' }, async ({ desk }) => {
  await desk.open(await desk.start('e2e merge'))
  const grids = await desk.grids({ level: micro })
  const { one, other } = neighbours(grids)
  await desk.look([one, other], 220)
  await desk.choose('merge')
  await desk.press(inside(one))
  await desk.press(inside(other))
  expect(await desk.told()).toContain('撤销 1 个网格')
  await desk.picture('planner-merge')
  await desk.apply()
  expect(codes(await desk.grids({ level: micro }))).not.toContain(code(other))
  expect((await desk.grids({ level: micro })).length).toBe(grids.length - 1)
})

test('a vertex is dragged, and both neighbours have it at its new place', { tag: '@full' }, async ({ desk }) => {
  await desk.open(await desk.start('e2e vertex'))
  const { one, other, border } = neighbours(await desk.grids({ level: micro }), 5)
  await desk.look([one, other], 220)
  await desk.press(inside(one))
  await desk.choose('vertex')
  const vertex = border[2] as Place
  await desk.drag(vertex, between(vertex, inside(one), 0.12))
  expect(await desk.told()).toContain('边界改变')
  await desk.picture('planner-vertex')
  await desk.apply()
  const { at, moveTo } = (await desk.edits())[0]?.parameters as { at: Place; moveTo: Place }
  expect(at).toEqual(vertex)
  const now = await desk.grids({ level: micro })
  for (const which of [one, other]) {
    const text = JSON.stringify(now.find(({ id }) => id === which.id)?.geometry)
    expect(text).not.toContain(JSON.stringify(vertex))
    expect(text).toContain(moveTo[0].toFixed(6).slice(0, -1))
  }
})

test('a grid is divided into parts of like weight', { tag: '@full' }, async ({ desk, page }) => {
  await desk.open(await desk.start('e2e divide'))
  const { one } = neighbours(await desk.grids({ level: micro }))
  await desk.look([one])
  await desk.press(inside(one))
  await desk.choose('divide')
  await page.locator('[data-parts]').fill('3')
  await page.locator('[data-balance]').selectOption('area')
  expect(await desk.told()).toContain('新增 2 个网格')
  await desk.picture('planner-divide')
  await desk.apply()
  expect((await desk.edits())[0]?.parameters).toMatchObject({ kind: 'divide', parts: 3, balance: 'area' })
})

test('a refusal says why, and nothing is done', { tag: '@full' }, async ({ desk }) => {
  await desk.open(await desk.start('e2e refused'))
  const { one } = neighbours(await desk.grids({ level: micro }))
  await desk.look([one])
  await desk.press(inside(one))
  await desk.choose('split')
  const middle = inside(one)
  const [west, , east] = boxOf([one])
  await desk.draw([middle, [middle[0] + (east - west) / 40, middle[1]]])
  await expect(desk.refusal).toHaveAttribute('data-refusal', 'does_not_divide')
  await expect(desk.refusal).toContainText('没有把网格分开')
  await desk.picture('planner-refused')
  expect(await desk.edits()).toEqual([])
})

test('attributes are written in the sheet from the keyboard, and a locked grid refuses', async ({ desk, page }) => {
  await desk.open(await desk.start('e2e table'))
  const { one } = neighbours(await desk.grids({ level: micro }))
  await desk.look([one])
  await desk.press(inside(one))
  await desk.inspect('table')
  const cell = page.locator(`[data-row="${code(one)}"] input`).nth(1)
  await cell.fill('东岸网格')
  await cell.press('Enter')
  await expect.poll(async () => (await desk.edits()).map(({ kind }) => kind)).toEqual(['update'])
  await desk.picture('planner-table')
  await desk.inspect('facts')
  await desk.press(inside(one))
  await page.locator('[data-lock]').click()
  await expect(page.locator('[data-facts] .facts__locked')).toBeVisible()
  await desk.choose('split')
  await desk.draw(across(one))
  await expect(desk.refusal).toHaveAttribute('data-refusal', 'locked')
})

test('what somebody else does to the plan is seen at once; a drawing in hand is not lost', async ({ browser, desk, baseURL }) => {
  const second = await PeoplePage.other(browser, baseURL ?? '')
  const planner = await second.people.as('planner')
  const theirs = new PlannerDesk(second.people.page, second.people)
  const plan = await theirs.start('e2e two')
  await desk.open(plan)
  // The second planner is one community's: both work there.
  const grids = (await desk.grids({ level: micro })).filter((grid) => code(grid).startsWith(planner.grid ?? ''))
  const { one, other } = neighbours(grids)
  const far = neighbours(grids.filter(({ properties }) => properties.parent !== one.properties.parent && properties.parent !== other.properties.parent)).one
  await drawSplit(desk, one)
  await desk.told()

  await theirs.open(plan)
  await drawSplit(theirs, far)
  await theirs.told()
  await theirs.apply()

  await expect.poll(() => desk.version).toBe(await theirs.version)
  await expect(desk.page.locator('[data-other-planner]')).toBeVisible()
  expect(await desk.told()).toContain('新增 1 个网格')
  await desk.apply()
  expect((await desk.edits()).map(({ parameters }) => parameters['grid'])).toEqual([code(far), code(one)])
  await expect.poll(() => theirs.version).toBe(await desk.version)
  await second.context.close()
})

test('a connection that is lost in the middle of an edit loses nothing', async ({ desk, page, people }) => {
  await desk.open(await desk.start('e2e offline'))
  const { one } = neighbours(await desk.grids({ level: micro }))
  await desk.look([one])
  await desk.press(inside(one))
  await desk.choose('split')
  await page.context().setOffline(true)
  await desk.draw(across(one))
  await expect(desk.box).toContainText('连不上服务')
  await desk.picture('planner-offline')
  await page.context().setOffline(false)
  expect(await desk.told()).toContain('新增 1 个网格')

  // The answer is lost, the edit is not: it stands in the plan once.
  await page.route('**/edits', async (route) => {
    await route.fetch()
    await route.abort('connectionreset')
  }, { times: 1 })
  await page.locator('[data-apply]').click()
  await expect.poll(async () => (await desk.edits()).length).toBe(1)
  await expect.poll(() => desk.version).toBeGreaterThan(1)
  await page.reload()
  await desk.idle()
  expect((await desk.edits()).map(({ kind }) => kind)).toEqual(['split'])
  people.map.complaints.splice(0, people.map.complaints.length, ...people.map.complaints.filter((text) => !/ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_RESET|ERR_FAILED/.test(text)))
})

test('a drawing outlives the browser', { tag: '@full' }, async ({ desk, page }) => {
  await desk.open(await desk.start('e2e reload'))
  const { one } = neighbours(await desk.grids({ level: micro }))
  await drawSplit(desk, one)
  const told = await desk.told()
  await page.reload()
  await desk.idle()
  expect(await desk.told()).toBe(told)
})

test('a plan is made, published with its consequences in sentences, and is then closed', async ({ desk, page, people }) => {
  await people.open('plans')
  await people.settled()
  await page.locator('[data-new-plan]').click()
  await page.locator('[name="plan-name"]').fill('e2e publish')
  await page.locator('dialog [data-submit]').click()
  await desk.idle()
  const { one } = neighbours(await desk.grids({ level: micro }))
  await desk.look([one])
  await desk.press(inside(one))
  await page.locator('[name="grid-name"]').fill(`${one.properties.name}甲`)
  await page.locator('[data-save-facts]').click()
  await expect.poll(async () => (await desk.edits()).length).toBe(1)
  const said = await desk.publish()
  expect(said).toContain(`${one.properties.name}甲`)
  await desk.picture('planner-published')
  await expect(page.locator('[data-tool="split"]')).toBeDisabled()
  await page.locator('[data-export]').click()
  await page.locator('select[name=format]').selectOption('shp')
  await page.locator('select[name=encoding]').selectOption('GBK')
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator('dialog [data-submit]').click()])
  expect(file.suggestedFilename()).toMatch(/\.zip$/)
  await people.open('plans')
  await people.settled()
  await desk.picture('plans')
})

test('the planner has no accessibility violations and no English left over', async ({ desk }) => {
  await desk.open(await desk.start('e2e axe'))
  const { one } = neighbours(await desk.grids({ level: micro }))
  await desk.look([one])
  await desk.press(inside(one))
  expect(await desk.violations()).toEqual([])
  await desk.inspect('table')
  expect(await desk.violations()).toEqual([])
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } })

  test('a plan can be looked at and a grid changed', { tag: '@full' }, async ({ desk, page }) => {
    await desk.open(await desk.start('e2e phone'))
    const { one } = neighbours(await desk.grids({ level: micro }))
    await desk.look([one], 60)
    await desk.press(inside(one))
    expect(await desk.facts()).toBe(code(one))
    await desk.picture('planner-phone')
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
    await desk.choose('divide')
    await desk.told()
    await desk.picture('planner-phone-divide')
  })
})

test('what a newer generation changed in the same grid is named, left out, and the rest goes onto it', { tag: '@full' }, async ({ desk, page, people }) => {
  const plan = await desk.start('e2e rebase')
  await desk.open(plan)
  const { one, other } = neighbours(await desk.grids({ level: micro }))
  const headers = (version: number) => ({ 'If-Match': `"${version}"` })
  await people.send(`/api/v1/plans/${plan}/edits`, { kind: 'update', grid: code(other), name: '并入前改名' }, 'POST', headers(1))
  await people.send(`/api/v1/plans/${plan}/edits`, { kind: 'update', grid: code(one), households: 77 }, 'POST', headers(2))
  const faster = await desk.start('e2e faster')
  await people.send(`/api/v1/plans/${faster}/edits`, { kind: 'merge', keep: code(one), grids: [code(other)] }, 'POST', headers(1))
  await people.send(`/api/v1/plans/${faster}/publish`, undefined, 'POST', headers(2))
  await desk.open(plan)
  await expect(page.locator('[data-older]')).toBeVisible()
  await page.locator('[data-publish]').click()
  await expect(page.locator('[data-newer]')).toContainText(code(other))
  await desk.picture('planner-newer')
  await page.locator('[data-to-rebase]').click()
  await expect(page.locator('[data-conflict="1"]')).toBeVisible()
  await desk.picture('planner-rebase')
  await page.locator('[data-leave-out]').check()
  await page.locator('dialog [data-submit]').click()
  await expect(page.locator('[data-older]')).toHaveCount(0)
  expect((await desk.edits()).map(({ parameters }) => parameters['grid'])).toEqual([code(one)])
})

test('the plan is compared with its base, talked about, and put down for later', { tag: '@full' }, async ({ desk, page }) => {
  await desk.open(await desk.start('e2e later'))
  const { one } = neighbours(await desk.grids({ level: micro }))
  await drawSplit(desk, one)
  await desk.told()
  await desk.apply()
  await page.locator('.reference input[type=file]').setInputFiles({ name: 'road.geojson', mimeType: 'application/geo+json', buffer: Buffer.from(JSON.stringify({ type: 'LineString', coordinates: across(one) })) })
  await expect(page.locator('[data-reference-shown]')).toContainText('road.geojson')
  await desk.inspect('compare')
  await expect(page.locator('[data-diff="reshaped"]').first()).toBeVisible()
  await desk.picture('planner-compare')
  await desk.inspect('talk')
  await page.locator('#plan-comment').fill('东侧沿河走')
  await page.locator('[data-say]').click()
  await expect(page.locator('[data-comment]')).toContainText('东侧沿河走')
  await desk.picture('planner-talk')
  await page.locator('[data-publish]').click()
  await page.locator('[name="publish-at"]').fill(new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 16))
  await desk.picture('planner-publish')
  await page.locator('dialog [data-submit]').click()
  await expect(page.locator('[data-scheduled]')).toBeVisible()
  await expect(page.locator('[data-tool="split"]')).toBeDisabled()
  await page.locator('[data-call-off]').click()
  await expect(page.locator('[data-scheduled]')).toHaveCount(0)
})
