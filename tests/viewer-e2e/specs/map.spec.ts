import { expect, test } from '../fixtures'

test('the map opens, says what it shows, and is live', async ({ map, service }) => {
  const settings = await service.get<{ title: string; demonstration: boolean }>('/api/v1/settings')
  await map.open({ layer: 'issues' })
  await expect(map.title).toHaveText(settings.title)
  await expect.poll(() => map.liveState()).toBe('live')
  expect(await map.figure('total')).toBe(await service.total())
  await map.picture('desktop')
})

test('the list ranks the grids of the filled level, and follows the level', async ({ map, service }) => {
  await map.open({ layer: 'issues' })
  await map.chooseLevel(2)
  const communities = await service.grids(2)
  await expect.poll(async () => (await map.ranking()).map(({ code }) => code).sort()).toEqual(communities.map(({ code }) => code).sort())
  await map.chooseLevel(1)
  await expect.poll(async () => (await map.ranking()).length).toBe((await service.grids(1)).length)
})

test('a grid opens from the list, stands in the address bar, and the back button closes it', async ({ map, page, service }) => {
  await map.open()
  await map.chooseLevel(2)
  const [grid] = await service.grids(2)
  if (!grid) throw new Error('No grids')
  await map.openGrid(grid.code)
  await map.picture('desktop-grid')
  expect(new URL(page.url()).searchParams.get('grid')).toBe(grid.code)
  await page.goBack()
  await expect.poll(() => map.panel).toBeNull()
  await page.goForward()
  await expect.poll(() => map.panel).toBe('grid')
})

test('a link brings back the view that was sent', { tag: '@full' }, async ({ map, page, service }) => {
  const place = await service.quietPlace()
  await map.open({ at: place, zoom: 15, level: 3, layer: 'issues' })
  await map.press(place)
  const { code } = await map.answer()
  const link = page.url()
  await page.goto('about:blank')
  await page.goto(link)
  await map.idle()
  expect((await map.answer()).code).toBe(code)
  expect(new URL(page.url()).searchParams.get('level')).toBe('3')
})

test('the keyboard searches, goes there, and closes', async ({ map, service }) => {
  await map.open()
  const grid = (await service.grids(2))[1]
  if (!grid) throw new Error('No grids')
  const found = await map.search(grid.name)
  expect(found.join('\n')).toContain(grid.name)
  await map.chooseFound()
  await expect.poll(() => map.panel).toBe('grid')
  await map.close()
  await expect.poll(() => map.panel).toBeNull()
})

test('without a network it says so, and is live again when it is back', async ({ map, context }) => {
  await map.open()
  await expect.poll(() => map.liveState()).toBe('live')
  await context.setOffline(true)
  await expect.poll(() => map.liveState()).toBe('offline')
  await context.setOffline(false)
  await expect.poll(() => map.liveState(), { timeout: 20_000 }).toBe('live')
  // The browser itself notes the stream that it could not open.
  map.complaints.splice(0, map.complaints.length, ...map.complaints.filter((text) => !text.includes('ERR_INTERNET_DISCONNECTED') && !text.includes('ERR_NETWORK')))
})
