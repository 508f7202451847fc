import { expect, test } from '../fixtures'
import { boxOf, inside, outline, type PlanGrid, type PlannerDesk, type Place } from '../PlannerDesk'

const micro = 4

test.beforeEach(async ({ people }) => {
  await people.as('admin')
})

/** The micro-grids of the parent that has most of them, and the parent's code. */
function family(grids: PlanGrid[]): { parent: string; children: PlanGrid[] } {
  const byParent = new Map<string, PlanGrid[]>()
  for (const grid of grids) byParent.set(grid.properties.parent ?? '', [...(byParent.get(grid.properties.parent ?? '') ?? []), grid])
  const [parent = '', children = []] = [...byParent].sort((a, b) => b[1].length - a[1].length)[0] ?? []
  return { parent, children }
}

/** A GeoJSON file of grids under fields of another office's naming. */
const fileOf = (grids: PlanGrid[], rename: (code: string) => string) => ({
  name: '村组.geojson',
  mimeType: 'application/geo+json',
  buffer: Buffer.from(JSON.stringify({
    type: 'FeatureCollection',
    features: grids.map(({ properties, geometry }, i) => ({ type: 'Feature', properties: { 组号: rename(properties.code), 组名: `新组${i + 1}`, 户: 20 + i }, geometry })),
  })),
})

async function outlined(desk: PlannerDesk, grids: PlanGrid[]): Promise<void> {
  const [west, south, east, north] = boxOf(grids)
  const room = (east - west) * 0.02
  await desk.look(grids, 120)
  await desk.choose('area')
  await desk.draw([[west - room, south - room], [east + room, south - room], [east + room, north + room], [west - room, north + room]] satisfies Place[])
}

test('a file is looked into, its fields are named, it is tried out, imported and taken back', async ({ desk, page }) => {
  await desk.open(await desk.start('e2e import'))
  const { children } = family(await desk.grids({ level: micro }))
  const some = children.slice(0, 3)
  await page.locator('[data-import-open]').click()
  await page.locator('[data-import-file]').setInputFiles(fileOf(some, (code) => code))
  await expect(page.locator('[data-import]')).toHaveAttribute('data-import', 'looked')
  await expect(page.locator('[data-reference-shown]')).toContainText('村组.geojson')
  await page.locator('[name="import-code"]').selectOption('组号')
  await page.locator('[name="import-name"]').selectOption('组名')
  await page.locator('[name="import-households"]').selectOption('户')
  await page.locator('[name="import-mode"][value="match"]').check()
  await desk.idle()
  await desk.picture('planner-import')
  await page.locator('[data-import-try]').click()
  await expect(page.locator('[data-import-report]')).toBeVisible({ timeout: 30_000 })
  await expect(page.locator('[data-import-report]')).toContainText('3')
  await page.locator('[data-import-store]').scrollIntoViewIfNeeded()
  await desk.picture('planner-import-tried')
  expect(await desk.violations()).toEqual([])
  await page.locator('[data-import-store]').click()
  await expect(page.locator('[data-import]')).toHaveCount(0, { timeout: 30_000 })
  const named = (await desk.grids({ changed: true })).filter(({ properties }) => properties.level === micro).map(({ properties }) => properties.name)
  expect(named.sort()).toEqual(['新组1', '新组2', '新组3'])
  await desk.undo()
  expect((await desk.grids({ changed: true })).length).toBe(0)
})

test('a file that cannot be read, or whose codes are unknown, says what to do', { tag: '@full' }, async ({ desk, page }) => {
  await desk.open(await desk.start('e2e import refused'))
  const { children } = family(await desk.grids({ level: micro }))
  await page.locator('[data-import-open]').click()
  await page.locator('[data-import-file]').setInputFiles({ name: 'broken.geojson', mimeType: 'application/geo+json', buffer: Buffer.from('{') })
  await expect(page.locator('[data-import] [data-refusal]')).toBeVisible()
  await page.locator('[data-import-file]').setInputFiles(fileOf(children.slice(0, 2), (code) => `${code}x`))
  await page.locator('[name="import-code"]').selectOption('组号')
  await page.locator('[name="import-mode"][value="match"]').check()
  await page.locator('[data-import-try]').click()
  await expect(page.locator('[data-import] [data-refusal="code_unknown"]')).toContainText('编码', { timeout: 30_000 })
})

test('grids are selected by area, locked and unlocked together, and go whole to another parent', { tag: '@full' }, async ({ desk, page }) => {
  await desk.open(await desk.start('e2e area'))
  const grids = await desk.grids({ level: micro })
  const { parent, children } = family(grids)
  const some = [children[0], children.find((child) => child !== children[0])].filter((child): child is PlanGrid => child !== undefined)
  await outlined(desk, some)
  await expect(page.locator('[data-tool="select"]')).toHaveAttribute('aria-pressed', 'true')
  await expect(page.locator('[data-facts]')).toBeVisible()
  await desk.picture('planner-area')
  const version = await desk.version
  await page.locator('[data-lock]').click()
  await expect.poll(() => desk.version).toBeGreaterThan(version)
  expect((await desk.grids({ level: micro })).filter(({ properties }) => properties.locked).length).toBeGreaterThan(1)
  await expect(page.locator('.facts__locked')).toBeVisible()
  await page.locator('[data-lock]').click()
  await expect.poll(async () => (await desk.grids({ level: micro })).filter(({ properties }) => properties.locked).length).toBe(0)

  await desk.look(some, 160)
  await desk.choose('select')
  await desk.press(inside(some[0] as PlanGrid))
  await desk.press(inside(some[1] as PlanGrid), { shift: true })
  const giver = page.locator('[data-give]')
  const receiver = await giver.locator('option:not([disabled])').first().getAttribute('value')
  await giver.selectOption(receiver ?? '')
  expect(await desk.told()).toContain('网格')
  await desk.picture('planner-give')
  await desk.apply()
  const now = new Map((await desk.grids({ level: micro })).map(({ properties }) => [properties.code, properties.parent]))
  expect(now.get(some[0]?.properties.code ?? '')).toBe(receiver)
  expect(receiver).not.toBe(parent)
})

test('the base lies beside the plan under a handle that the keyboard moves too', { tag: '@full' }, async ({ desk, page }) => {
  await desk.open(await desk.start('e2e swipe'))
  const [one] = await desk.grids({ level: micro })
  if (!one) throw new Error('no grids')
  await desk.look([one])
  await desk.press(inside(one))
  await desk.choose('split')
  const [, south, , north] = boxOf([one])
  const [lon] = inside(one)
  await desk.draw([[lon, north + (north - south) / 8], [lon, south - (north - south) / 8]])
  await desk.told()
  await desk.apply()
  await desk.inspect('compare')
  await page.locator('[data-swipe-on]').check()
  const handle = page.locator('[data-swipe-handle]')
  await handle.focus()
  await page.keyboard.press('ArrowLeft')
  await expect(handle).toHaveValue('49.5')
  await expect(page.locator('[data-swipe] canvas')).toBeVisible()
  await page.waitForTimeout(1500) // The tiles of the base; a picture of them is all that is wanted.
  await desk.picture('planner-swipe')
  expect(await desk.violations()).toEqual([])
  await page.locator('[data-swipe-on]').uncheck()
  await expect(page.locator('[data-swipe]')).toHaveCount(0)
})

test('a level gets a field of its own in the sheet, and an undivided grid its like on the level below', { tag: '@full' }, async ({ desk, page }) => {
  await desk.open(await desk.start('e2e fields'))
  const [one] = await desk.grids({ level: micro })
  if (!one) throw new Error('no grids')
  await desk.look([one])
  await desk.inspect('table')
  await page.locator('[data-new-field]').fill('楼栋')
  await page.keyboard.press('Enter')
  const cell = page.locator(`[data-row="${one.properties.code}"] input`).last()
  await cell.fill('3 号楼')
  await cell.press('Enter')
  await expect.poll(async () => (await desk.grids({ changed: true })).map(({ properties }) => (properties.attributes as Record<string, unknown>)['楼栋'])).toEqual(['3 号楼'])
  await desk.picture('planner-fields')

  const grids = await desk.grids({ level: 3 })
  const taken = new Set((await desk.grids({ level: micro })).map(({ properties }) => properties.parent))
  const leaf = grids.find(({ properties }) => !taken.has(properties.code))
  if (!leaf) return
  await desk.inspect('facts')
  await desk.level(3)
  await desk.look([leaf])
  await desk.press(inside(leaf))
  const before = await desk.version
  await page.locator('[data-as-parent]').click()
  await expect.poll(() => desk.version).toBeGreaterThan(before)
  const made = (await desk.grids({ changed: true })).find(({ properties }) => properties.parent === leaf.properties.code)
  expect(outline(made as PlanGrid).length).toBeGreaterThanOrEqual(outline(leaf).length)
})
