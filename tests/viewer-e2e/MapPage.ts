import { expect, type Locator, type Page } from '@playwright/test'
import { violations } from './axe'
import type { MapHandle } from './MapHandle'
import type { Opening } from './Opening'
import type { Place } from './service'

/** The map as a person uses it. Tests speak to this object only; what the page is made of is known here alone. */
export class MapPage {
  /** What the page wrote into the console as an error, and what it threw: a clean log is part of every test. */
  readonly complaints: string[] = []

  constructor(readonly page: Page) {
    page.on('pageerror', (error) => this.complaints.push(String(error)))
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text())
    })
  }

  async open({ at, zoom = 15, level, language, panel, layer, day, wall }: Opening = {}): Promise<this> {
    const query = new URLSearchParams()
    if (at) query.set('map', `${zoom}/${at.lat}/${at.lon}`)
    if (level) query.set('level', String(level))
    if (language) query.set('lang', language)
    if (panel) query.set('panel', panel)
    if (layer) query.set('layer', layer)
    if (day) query.set('day', day)
    if (wall) query.set('wall', '1')
    await this.page.goto(`/?${query}`)
    await this.idle()
    return this
  }

  async idle(): Promise<void> {
    await expect(this.page.locator('[data-map="idle"]')).toBeVisible({ timeout: 60_000 })
  }

  get title(): Locator {
    return this.page.getByRole('heading', { level: 1 })
  }

  get live(): Locator {
    return this.page.locator('[data-live]')
  }

  /** The day that is shown, as it is written. */
  async day(): Promise<string> {
    return this.page.locator('[data-day]').innerText()
  }

  /** Moves the slider to a day, counted from the campaign's first; the table of that day has come when this returns. */
  async slideTo(index: number): Promise<void> {
    await this.page.locator('input[type=range]').fill(String(index))
    await this.page.waitForLoadState('networkidle')
  }

  /** Plays the campaign to its end. */
  async play(): Promise<void> {
    await this.page.locator('[data-play]').click()
    await expect(this.page.locator('[data-playing]')).toBeVisible()
    await expect(this.page.locator('[data-playing]')).toHaveCount(0, { timeout: 120_000 })
  }

  /** How many zones have each light, as the headline says. */
  async lights(): Promise<Record<'red' | 'yellow' | 'green', number>> {
    const count = async (light: string) => Number((await this.page.locator(`[data-count="${light}"]`).innerText()).replace(/\D/g, ''))
    return { red: await count('red'), yellow: await count('yellow'), green: await count('green') }
  }

  /** What share of its plan the whole campaign has done, as the ring says: percent with one decimal. */
  async done(): Promise<string> {
    return (await this.page.locator('.progress-ring text').first().textContent())?.trim() ?? ''
  }

  /** What the map itself has been told of each grid of a level: its light and the share done. */
  async painted(level: number): Promise<Record<string, { light: string | null; percent: number | null }>> {
    return this.page.evaluate((at) => {
      const { map } = document.querySelector('[data-map] .map-view__canvas') as unknown as { map: MapHandle }
      const painted: Record<string, { light: string | null; percent: number | null }> = {}
      for (const { id, properties } of map.querySourceFeatures('grids', { sourceLayer: `grids-${at}` })) {
        const { light = null, percent = null } = map.getFeatureState({ source: 'grids', sourceLayer: `grids-${at}`, id })
        painted[properties.code] = { light, percent }
      }
      return painted
    }, level)
  }

  /** Moves the camera there at once. */
  async look(at: Place, zoom: number): Promise<void> {
    await this.page.evaluate(
      ([lon, lat, to]) => {
        const { map } = document.querySelector('[data-map] .map-view__canvas') as unknown as { map: MapHandle }
        map.jumpTo({ center: [lon, lat], zoom: to })
      },
      [at.lon, at.lat, zoom] as const,
    )
    await this.idle()
    // A view of the same tiles is idle before its names have been placed anew.
    await this.page.evaluate(() => new Promise<void>((resolve) => {
      const { map } = document.querySelector('[data-map] .map-view__canvas') as unknown as { map: MapHandle }
      map.once('idle', () => resolve())
      map.triggerRepaint()
    }))
  }

  /** Names and counts on the map, and the places (pixels) where the boxes of two of them lie on each other. */
  async labels(): Promise<{ shown: number; overlaps: string[] }> {
    return this.page.evaluate(() => {
      const { map } = document.querySelector('[data-map] .map-view__canvas') as unknown as { map: MapHandle }
      const layers = map.getStyle().layers.filter(({ type, id, layout }) => type === 'symbol' && id !== 'issue-points' && layout?.visibility !== 'none').map(({ id }) => id)
      const at = (box: [number, number, number, number]) => {
        const [left, top, right, bottom] = box
        const found = map.queryRenderedFeatures([[left, top], [right, bottom]], { layers })
        return [...new Set(found.map(({ layer, id, properties }) => `${layer.id}/${id ?? ''}/${properties.code ?? properties.name ?? properties.cluster_id ?? ''}`))]
      }
      const overlaps: string[] = []
      // Quarters what holds more than one, down to a point: what is still there twice lies on each other.
      const search = (left: number, top: number, right: number, bottom: number): void => {
        const found = at([left, top, right, bottom])
        if (found.length < 2) return
        if (right - left <= 1 && bottom - top <= 1) {
          const x = (left + right) / 2
          const y = (top + bottom) / 2
          const here = at([x, y, x, y])
          if (here.length > 1) overlaps.push(`${here.join(' + ')} at ${x},${y}`)
          return
        }
        const x = (left + right) / 2
        const y = (top + bottom) / 2
        search(left, top, x, y)
        search(x, top, right, y)
        search(left, y, x, bottom)
        search(x, y, right, bottom)
      }
      const { clientWidth, clientHeight } = map.getContainer()
      search(0, 0, clientWidth, clientHeight)
      return { shown: at([0, 0, clientWidth, clientHeight]).length, overlaps: [...new Set(overlaps.map((text) => text.split(' at ')[0] ?? ''))] }
    })
  }

  /** The codes of the two zones that stand side by side. */
  async compared(): Promise<(string | null)[]> {
    await expect(this.page.locator('[data-compared]')).toBeVisible()
    const { searchParams } = new URL(this.page.url())
    return [searchParams.get('grid'), searchParams.get('compare')]
  }

  /** Text that does not fit its own box and is cut off without an ellipsis. */
  async clipped(): Promise<string[]> {
    return this.page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('body *')]
        .filter((element) => {
          if (element.children.length > 0 || !element.innerText?.trim() || element.closest('.visually-hidden, svg, .maplibregl-map')) return false
          const { overflowX, textOverflow } = getComputedStyle(element)
          return element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1 && overflowX !== 'visible' && textOverflow !== 'ellipsis'
        })
        .map((element) => `${element.className}: ${element.innerText}`),
    )
  }

  async liveState(): Promise<string | null> {
    return this.live.getAttribute('data-live')
  }

  async figure(name: 'total' | 'open' | 'overdue' | 'unassigned'): Promise<number> {
    const text = await this.page.locator(`[data-figure="${name}"]`).innerText()
    return Number(text.replace(/\D/g, ''))
  }

  /** The ranked list as it stands: code and text of each row. */
  async ranking(): Promise<{ code: string; text: string }[]> {
    const rows = this.page.locator('[data-code].ranking__row')
    await expect(rows.first()).toBeVisible()
    return rows.evaluateAll((all) => all.map((row) => ({ code: row.getAttribute('data-code') ?? '', text: (row as HTMLElement).innerText })))
  }

  async openGrid(code: string): Promise<void> {
    await this.page.locator(`.ranking__row[data-code="${code}"]`).click()
    await expect(this.page.locator(`[data-grid="${code}"]`)).toBeVisible()
  }

  async chooseLevel(level: number | 'auto'): Promise<void> {
    await this.page.locator(`label:has(input[data-level="${level}"])`).click()
  }

  /** Presses the map at a place, which must be in view: reckoned from the camera that the address bar tells. */
  async press(place: Place, { shift = false } = {}): Promise<void> {
    const { x, y } = await this.pixel(place)
    if (shift) await this.page.keyboard.down('Shift')
    await this.page.mouse.click(x, y)
    if (shift) await this.page.keyboard.up('Shift')
  }

  private async pixel(place: Place): Promise<{ x: number; y: number }> {
    const [zoom = 0, lat = 0, lon = 0] = (new URL(this.page.url()).searchParams.get('map') ?? '').split('/').map(Number)
    const box = await this.page.locator('[data-map] canvas').boundingBox()
    if (!box) throw new Error('There is no map')
    const world = 512 * 2 ** zoom
    const mercator = (degrees: number) => Math.log(Math.tan(Math.PI / 4 + (degrees * Math.PI) / 360)) / (2 * Math.PI)
    return {
      x: box.x + box.width / 2 + ((place.lon - lon) / 360) * world,
      y: box.y + box.height / 2 - (mercator(place.lat) - mercator(lat)) * world,
    }
  }

  /** The answer to "who answers for this place": how it matched and the innermost grid's code. */
  async answer(): Promise<{ match: string | null; code: string | null; text: string }> {
    const answer = this.page.locator('[data-match]')
    await expect(answer).toBeVisible()
    return { match: await answer.getAttribute('data-match'), code: await answer.getAttribute('data-code'), text: await answer.innerText() }
  }

  /** The crosshair: who answers for the middle of the map. */
  async askHere(): Promise<void> {
    await this.page.locator('[data-control="here"]').click()
  }

  async reportHere(): Promise<void> {
    await this.page.locator('.lookup__report').click()
    await expect(this.page.locator('form#report')).toBeVisible()
  }

  /** Fills in and sends the report that is open; the receipt's number. */
  async sendReport({ category = 0, description, photos = [] }: { category?: number; description?: string; photos?: { name: string; mimeType: string; buffer: Buffer }[] }): Promise<string> {
    const choice = this.page.locator('label:has(input[data-category])').nth(category)
    await choice.click()
    if (description) await this.page.locator('#report-description').fill(description)
    if (photos.length > 0) {
      await this.page.locator('input[type=file]').setInputFiles(photos)
      await expect(this.page.locator('.photos__one')).toHaveCount(photos.length)
    }
    await this.page.locator('.report__send').click()
    const receipt = this.page.locator('[data-receipt]')
    await expect(receipt).toBeVisible()
    return (await receipt.getAttribute('data-receipt')) ?? ''
  }

  /** The receipt's text: number, promise, who answers. */
  async receipt(): Promise<string> {
    return this.page.locator('[data-receipt]').innerText()
  }

  /** The number of the issue whose panel is open. */
  async openIssue(): Promise<string | null> {
    await expect(this.page.locator('.issue-drawer')).toBeVisible()
    return new URL(this.page.url()).searchParams.get('issue')
  }

  /** Opens the list of base maps if it is closed, and chooses one; '' is none. */
  async chooseBase(id: string): Promise<void> {
    await this.openBases()
    await this.page.locator(`label:has(input[data-base="${id}"])`).click()
  }

  /** Why a base map cannot be chosen. */
  async refusal(id: string): Promise<string> {
    await this.openBases()
    const choice = this.page.locator(`input[data-base="${id}"]`)
    await expect(choice).toBeDisabled()
    return this.page.locator(`label:has(input[data-base="${id}"])`).innerText()
  }

  private async openBases(): Promise<void> {
    const button = this.page.locator('[data-control="base"]')
    if ((await button.getAttribute('aria-expanded')) !== 'true') await button.click()
    await expect(this.page.locator('input[data-base=""]')).toBeVisible()
  }

  /** Whom the base map is from, as it stands on the map where nothing covers it. */
  async attribution(): Promise<string> {
    const text = this.page.locator('[data-attribution]')
    await expect(text).toBeVisible()
    const covered = await text.evaluate((element) => {
      const { left, top, width, height } = element.getBoundingClientRect()
      const style = (element.parentElement as HTMLElement).style
      style.pointerEvents = 'auto'
      const seen = element.contains(document.elementFromPoint(left + width / 2, top + height / 2))
      style.pointerEvents = ''
      return !seen
    })
    expect(covered).toBe(false)
    return text.innerText()
  }

  /** The colour of the map's picture, in pixels from its upper left corner. */
  async colourAt({ x, y }: { x: number; y: number }): Promise<[number, number, number]> {
    const box = await this.page.locator('[data-map] canvas').boundingBox()
    if (!box) throw new Error('There is no map')
    const shot = await this.page.screenshot({ clip: { x: box.x + x, y: box.y + y, width: 1, height: 1 } })
    return this.page.evaluate(async (source) => {
      const image = await createImageBitmap(await (await fetch(source)).blob())
      const context = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d')
      context?.drawImage(image, 0, 0)
      const [r = 0, g = 0, b = 0] = context?.getImageData(0, 0, 1, 1).data ?? []
      return [r, g, b] as [number, number, number]
    }, `data:image/png;base64,${shot.toString('base64')}`)
  }

  async go(to: 'map' | 'issues' | 'report' | 'about'): Promise<void> {
    await this.page.locator(`[data-nav="${to}"]`).click()
  }

  get panel(): string | null {
    return new URL(this.page.url()).searchParams.get('panel')
  }

  async close(): Promise<void> {
    await this.page.keyboard.press('Escape')
  }

  async search(text: string): Promise<string[]> {
    await this.page.keyboard.press('/')
    await this.page.keyboard.type(text)
    const options = this.page.getByRole('option')
    await expect(options.first()).toBeVisible()
    return options.allInnerTexts()
  }

  async chooseFound(): Promise<void> {
    await this.page.keyboard.press('Enter')
  }

  async switchLanguage(): Promise<void> {
    await this.page.locator('[data-language]').click()
  }

  get language(): Promise<string | null> {
    return this.page.locator('html').getAttribute('lang')
  }

  /** What the wall says about how old its figures are. */
  async wallState(): Promise<string> {
    return this.page.locator('[data-wall-state]').innerText()
  }

  /** The sizes of the wall's figures, in pixels. */
  async figureSizes(): Promise<number[]> {
    return this.page.locator('.wall__figure').evaluateAll((all) => all.map((figure) => Number.parseFloat(getComputedStyle(figure).fontSize)))
  }

  /** What turns or shimmers because something has not come yet. */
  get spinners(): Locator {
    return this.page.locator('.el-skeleton, .el-loading-mask, .map-view__loading')
  }

  /** All text that a person sees on the page outside of the map. */
  async text(): Promise<string> {
    return this.page.locator('body').innerText()
  }

  /** The height at which the phone's sheet rests. */
  async sheet(): Promise<string | null> {
    return this.page.locator('[data-sheet]').getAttribute('data-sheet')
  }

  async dragSheet(pixels: number): Promise<void> {
    const box = await this.page.locator('.sheet__handle').boundingBox()
    if (!box) throw new Error('There is no sheet')
    const x = box.x + box.width / 2
    const y = box.y + box.height / 2
    await this.page.mouse.move(x, y)
    await this.page.mouse.down()
    await this.page.mouse.move(x, y - pixels / 2, { steps: 5 })
    await this.page.mouse.move(x, y - pixels, { steps: 10 })
    await this.page.mouse.up()
  }

  /** How far the page is wider than the screen. */
  async overflow(): Promise<number> {
    return this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  }

  /** Buttons and the like that are in view and smaller than a finger, by their text. */
  async smallTargets(least = 44): Promise<string[]> {
    return this.page.evaluate((limit) => {
      const found: string[] = []
      for (const element of document.querySelectorAll<HTMLElement>('button, a[href], input:not([type=file]):not(.visually-hidden), label:has(input)')) {
        const { width, height, top, left } = element.getBoundingClientRect()
        const onTop = width > 0 && height > 0 && element.contains(document.elementFromPoint(left + width / 2, top + height / 2))
        const insideTarget = element.matches('label *') || element.closest('.sheet__handle')
        if (onTop && !insideTarget && (width < limit - 0.5 || height < limit - 0.5))
          found.push(`${element.innerText || element.getAttribute('aria-label') || element.tagName} ${Math.round(width)} x ${Math.round(height)}`)
      }
      return found
    }, least)
  }

  async violations(): Promise<string[]> {
    return violations(this.page)
  }

  async picture(name: string): Promise<void> {
    await this.idle()
    await this.page.screenshot({ path: `screenshots/${name}.png` })
  }
}
