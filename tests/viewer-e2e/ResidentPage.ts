import { expect, type Browser, type BrowserContext, type Locator, type Page } from '@playwright/test'
import { violations } from './axe'
import type { Place } from './PlannerDesk'

/** The resident's pages as somebody uses them who stands in the street with a phone. */
export class ResidentPage {
  private constructor(readonly page: Page, readonly context: BrowserContext) {}

  /** A phone at a place; without one the phone gives none. */
  static async at(browser: Browser, url: string, place: { at: Place; accuracy: number } | null): Promise<ResidentPage> {
    const context = await browser.newContext({
      baseURL: url, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true,
      ...(place && { geolocation: { longitude: place.at[0], latitude: place.at[1], accuracy: place.accuracy }, permissions: ['geolocation'] }),
    })
    return new ResidentPage(await context.newPage(), context)
  }

  async open(path: string): Promise<this> {
    await this.page.goto(path)
    return this
  }

  get grid(): Locator {
    return this.page.locator('[data-place-grid]')
  }

  async category(code: string): Promise<void> {
    const one = this.page.locator(`[data-category="${code}"]`)
    if ((await one.count()) === 0) await this.page.locator('.categories__more').click()
    await this.page.locator('.categories__one', { has: this.page.locator(`[data-category="${code}"]`) }).click()
  }

  /** A photo of two colours, as a file of the phone. */
  async photo(red: number, selector = 'input[type=file]'): Promise<void> {
    const bytes = await this.page.evaluate(async (colour) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 })
      const context = canvas.getContext('2d') as CanvasRenderingContext2D
      context.fillStyle = `rgb(${colour},120,90)`
      context.fillRect(0, 0, 640, 480)
      context.fillStyle = '#555'
      context.fillRect(120, 200, 300, 180)
      const blob = await new Promise<Blob>((resolve) => canvas.toBlob((made) => resolve(made as Blob), 'image/jpeg'))
      return [...new Uint8Array(await blob.arrayBuffer())]
    }, red)
    await this.page.locator(selector).first().setInputFiles({ name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(bytes) })
    await expect(this.page.locator('.photos__one')).toHaveCount(1)
  }

  async send(): Promise<void> {
    await this.page.locator('[data-send]').click()
  }

  /** The number and the link of what was received. */
  async received(): Promise<{ number: string; track: string }> {
    const text = await this.page.locator('[data-number]').innerText({ timeout: 20_000 })
    return { number: /\d{6}-\d+/.exec(text)?.[0] ?? '', track: (await this.page.locator('[data-track]').getAttribute('href')) ?? '' }
  }

  async violations(): Promise<string[]> {
    return violations(this.page)
  }

  async picture(name: string): Promise<void> {
    await this.page.screenshot({ path: `screenshots/${name}.png`, fullPage: true })
  }
}
