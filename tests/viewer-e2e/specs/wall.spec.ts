import { expect, test } from '../fixtures'
import { OwnService } from '../OwnService'

test.use({ viewport: { width: 1920, height: 1080 } })

test('the wall shows large figures, keeps them when the service stops, and is live again when it is back', async ({ map, page }) => {
  test.slow()
  const service = await OwnService.start()
  try {
    await page.goto(`${service.url}/?wall=1`)
    await map.idle()
    await expect.poll(() => map.wallState(), { timeout: 60_000 }).toContain('数据截至')
    const lights = await map.lights()
    expect(lights.red + lights.yellow + lights.green).toBeGreaterThan(0)
    for (const size of await map.figureSizes()) expect(size).toBeGreaterThanOrEqual(48)
    expect(await map.overflow()).toBe(0)
    await map.picture('wall')

    await service.stop()
    await expect.poll(() => map.wallState(), { timeout: 60_000 }).toContain('网络中断')
    expect(await map.lights()).toEqual(lights)
    await expect(map.spinners).toHaveCount(0)

    await service.again()
    await expect.poll(() => map.wallState(), { timeout: 90_000 }).toContain('数据截至')
    expect(await map.lights()).toEqual(lights)
  } finally {
    await service.end()
  }
  // The browser itself notes what it could not reach meanwhile.
  map.complaints.splice(0, map.complaints.length, ...map.complaints.filter((text) => !text.includes('net::ERR_')))
})
