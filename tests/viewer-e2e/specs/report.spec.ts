import { MapPage } from '../MapPage'
import { expect, test } from '../fixtures'

/** From the receipt until another page counts the issue: a second, but the pages share a busy machine with the service. */
const soon = 5_000

test('a report is seen live on another page, counted in its grid, and opens from the map', async ({ map, page, context, service }) => {
  const place = await service.quietPlace(10)
  const watcher = await new MapPage(await context.newPage()).open({ at: place, zoom: 17, layer: 'issues' })
  await expect.poll(() => watcher.liveState()).toBe('live')
  const before = await watcher.figure('total')

  await page.bringToFront()
  await map.open({ at: place, zoom: 17, layer: 'issues' })
  await map.press(place)
  await map.reportHere()
  const number = await map.sendReport({ category: 1, description: 'e2e' })
  await expect.poll(() => watcher.figure('total'), { timeout: soon }).toBe(before + 1)

  const receipt = await map.receipt()
  const known = await service.lookup(place)
  expect(receipt).toContain(number)
  expect(receipt).toContain(known.chain.at(-1)?.name)
  expect(receipt).toMatch(/\d{2}:\d{2}/)
  await map.picture('desktop-receipt')

  const issue = await service.issue(number)
  expect(issue.grid).toBe(known.chain.at(-1)?.code)
  await watcher.page.bringToFront()
  await watcher.idle()
  await watcher.press(issue.point)
  expect(await watcher.openIssue()).toBe(number)
  await watcher.picture('desktop-issue')
  expect(watcher.complaints).toEqual([])
})

test('photos are shrunk in the browser before they are sent', async ({ map, page, service }) => {
  const place = await service.quietPlace(20)
  await map.open({ at: place, zoom: 16, layer: 'issues' })
  const large = await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 3000, height: 2000 })
    const context = canvas.getContext('2d')
    if (!context) throw new Error('No canvas')
    for (let i = 0; i < 4000; i++) {
      context.fillStyle = `hsl(${(i * 37) % 360} 70% 50%)`
      context.fillRect((i * 131) % 3000, (i * 71) % 2000, 90, 90)
    }
    return canvas.toDataURL('image/png').split(',')[1] ?? ''
  })
  await map.press(place)
  await map.reportHere()
  const sent = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/api/v1/issues'))
  const file = { name: 'large.png', mimeType: 'image/png', buffer: Buffer.from(large, 'base64') }
  const number = await map.sendReport({ photos: [file, file] })
  const request = await sent
  expect(request.headers()['content-type']).toContain('multipart/form-data')
  expect(request.headers()['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/)
  expect((await service.issue(number)).state).toBe('reported')
})
