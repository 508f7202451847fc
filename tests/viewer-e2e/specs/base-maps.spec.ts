import { expect, test } from '../fixtures'
import { TileServer } from '../TileServer'

// The service that playwright.config.ts starts has base maps, and asks this port for their tiles. Another service has its own.
const port = Number(process.env.GRIDMAP_E2E_TILES)
test.skip(process.env.GRIDMAP_URL !== undefined, 'the given service has other base maps')

const magenta = [200, 0, 160] as const
let tiles: TileServer

test.beforeAll(async () => {
  tiles = await new TileServer(magenta).start(port)
})
test.afterAll(() => tiles.stop())

test('a base map is chosen, drawn in the place of our own ground, credited, and sent as a link', async ({ map, page }) => {
  await map.open()
  const before = await map.colourAt({ x: 30, y: 30 })
  await map.chooseBase('e2e')
  await expect.poll(() => tiles.asked.length).toBeGreaterThan(0)
  await map.idle()
  await expect.poll(() => map.colourAt({ x: 30, y: 30 })).not.toEqual(before)
  const [red, green, blue] = await map.colourAt({ x: 30, y: 30 })
  // Calmed, but magenta still: green is far below the others.
  expect(Math.min(red, blue) - green).toBeGreaterThan(40)
  expect(await map.attribution()).toBe('© E2E')
  expect(new URL(page.url()).searchParams.get('base')).toBe('e2e')
  // The key is the service's own: the page has not seen it, the tile server has.
  expect(tiles.asked.every((path) => path.endsWith('?key=e2e-key'))).toBe(true)
  expect(await page.content()).not.toContain('e2e-key')
  await map.picture('desktop-base')

  await map.chooseBase('')
  await map.idle()
  expect(new URL(page.url()).searchParams.get('base')).toBeNull()
  await expect.poll(() => map.colourAt({ x: 30, y: 30 })).toEqual(before)
})

test('a shifted base map cannot be chosen, and says why', { tag: '@full' }, async ({ map }) => {
  await map.open({ language: 'en' })
  expect(await map.refusal('e2e-shifted')).toContain('GCJ-02')
  expect(await map.violations()).toEqual([])
})

test.describe('phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true })

  test('the list fits the screen and a finger, and the credit is in sight', { tag: '@full' }, async ({ map }) => {
    await map.open()
    await map.chooseBase('e2e')
    await map.idle()
    expect(await map.smallTargets()).toEqual([])
    expect(await map.overflow()).toBe(0)
    expect(await map.attribution()).toBe('© E2E')
    await map.picture('phone-base')
  })
})
