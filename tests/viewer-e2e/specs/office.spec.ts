import { deflateSync } from 'node:zlib'
import { expect, test } from '../fixtures'

const sides = ['before', 'after'] as const

/** A real picture of one bright colour, large enough to draw on: a PNG made here. */
function picture(red: number): Buffer {
  const [width, height] = [640, 480]
  const rows = Buffer.alloc((width * 3 + 1) * height, 200)
  for (let y = 0; y < height; y++) {
    rows[y * (width * 3 + 1)] = 0
    for (let x = 0; x < width; x++) rows[y * (width * 3 + 1) + 1 + x * 3] = red
  }
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'ascii'), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc(body))
    return Buffer.concat([length, body, sum])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}

function crc(bytes: Buffer): number {
  let value = 0xffffffff
  for (const byte of bytes) {
    value ^= byte
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  }
  return (value ^ 0xffffffff) >>> 0
}

test('what the office draws over a photo is black in what the public gets', async ({ people, page }) => {
  await people.as('campaign_office')
  const lookup = await people.get<{ items: { center: { lon: number; lat: number } }[] }>('/api/v1/grids?level=4&limit=1')
  const at = lookup.items[0]!.center
  const origin = new URL(page.url()).origin
  const photo = (name: string, red: number) => ({ name, mimeType: 'image/png', buffer: picture(red) })
  const reported = await page.request.post('/api/v1/issues', { headers: { Origin: origin }, multipart: { category: '0205', lon: String(at.lon), lat: String(at.lat), photos: photo('a.png', 250) } })
  const { number } = (await reported.json()) as { number: string }
  await people.send(`/api/v1/issues/${number}/claim`)
  expect((await page.request.post(`/api/v1/issues/${number}/rectify`, { headers: { Origin: origin }, multipart: { photos: photo('b.png', 120) } })).ok()).toBe(true)

  await page.goto(`/?panel=issue&issue=${number}`)
  await page.locator('[data-open-expose]').click()
  const canvas = page.locator('[data-cover-photo]').first()
  await expect(canvas.locator('img')).toBeVisible()
  await canvas.scrollIntoViewIfNeeded()
  const box = (await canvas.boundingBox())!
  await page.mouse.move(box.x + box.width * 0.25, box.y + box.height * 0.25)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.75, box.y + box.height * 0.75, { steps: 4 })
  await page.mouse.up()
  await expect(canvas.locator('[data-cover]')).toHaveCount(1)
  // The other side by keys alone: added, moved to the left edge.
  await page.locator('[data-add-cover]').nth(1).press('Enter')
  await expect(page.locator('[data-cover]:focus')).toHaveCount(1)
  await page.keyboard.press('ArrowLeft')
  await page.screenshot({ path: 'screenshots/office-expose.png' })
  await page.locator('[data-submit]').click()
  await expect(page.locator('[data-shown] img')).toHaveCount(2)

  const board = await people.get<{ items: { number: string; before: { url: string }[]; after: { url: string }[] }[] }>('/api/v1/boards/exposures')
  const shown = board.items.find((item) => item.number === number)!
  const middle = (url: string) => page.evaluate(async (from) => {
    const image = await createImageBitmap(await (await fetch(from)).blob())
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d')!
    context.drawImage(image, 0, 0)
    const of = (x: number, y: number) => Math.max(...context.getImageData(image.width * x, image.height * y, 1, 1).data.slice(0, 3))
    return { middle: of(0.5, 0.5), corner: of(0.05, 0.05) }
  }, url)
  for (const side of sides) {
    const seen = await middle(shown[side][0]!.url)
    expect(seen.middle).toBeLessThan(6)
    expect(seen.corner).toBeGreaterThan(150)
  }

  // Caption and picture of both sides begin at the same place.
  await page.goto('/board')
  const pair = page.locator('[data-exposures] li').filter({ hasText: number })
  await expect(pair.locator('figure img')).toHaveCount(2)
  const lefts = await pair.locator('figure').evaluateAll((figures) => figures.map((figure) => [...figure.children].map((child) => Math.round(child.getBoundingClientRect().left - figure.getBoundingClientRect().left))))
  expect(lefts).toEqual([[0, 0], [0, 0]])
  await people.send(`/api/v1/issues/${number}/expose`, { exposed: false })
})

test('the calendar is changed and told what it moves; a call is typed in and told what to say', async ({ people, page }) => {
  await people.as('admin')
  await people.open('calendar', { 'f.year': '2031' })
  await people.settled()
  await expect(page.locator('[data-no-year]')).toBeVisible()
  await page.locator('[data-notice]').fill('一、元旦：1月1日（周三）放假1天，不调休。\n二、春节：1月22日（周三）至28日（周二）放假调休，共7天。1月19日（周日）、2月1日（周六）上班。')
  await page.locator('[data-read-notice]').click()
  await expect(page.locator('[data-doubts="0"]')).toBeVisible()
  await expect(page.locator('[data-kind="rest"]')).toHaveCount(8)
  await page.locator('[name=source]').fill('测试')
  await page.locator('[data-save]').click()
  await expect(page.locator('[data-moves]')).toBeVisible()
  await page.locator('[data-ask-due]').click()
  await expect(page.locator('[data-due]').first()).toBeVisible()
  await people.picture('office-calendar')
  expect(await people.violations()).toEqual([])

  await people.open('hotline')
  await people.settled()
  await page.locator('[name=words]').fill('路边有一堆垃圾')
  await page.locator('[data-category]').first().check({ force: true })
  const search = page.locator('[data-hotline] [role=combobox]')
  await search.fill('片区')
  await expect(page.locator('[data-hotline] [role=option]').first()).toBeVisible()
  await search.press('ArrowDown')
  await search.press('Enter')
  await expect(page.locator('[data-hotline-place]')).toBeVisible()
  await people.picture('office-hotline')
  expect(await people.violations()).toEqual([])
  await page.keyboard.press('Control+Enter')
  await expect(page.locator('[data-hotline-done]')).toBeVisible()
  await people.picture('office-hotline-done')
})
