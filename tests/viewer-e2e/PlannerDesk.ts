import { expect, type Locator, type Page } from '@playwright/test'
import { violations } from './axe'
import type { PeoplePage } from './PeoplePage'

export type Place = [lon: number, lat: number]
type Tool = 'select' | 'area' | 'create' | 'split' | 'reshape' | 'transfer' | 'merge' | 'vertex' | 'divide' | 'measure'

interface DeskHandle {
  project(place: Place): { x: number; y: number }
  fitBounds(box: [number, number, number, number], options: { padding: number; animate: boolean }): void
}

/** A grid of a plan as the service has it. */
export interface PlanGrid {
  id: number
  properties: { code: string; name: string; level: number; parent: string | null; areaSquareMetres: number; changed: boolean; locked: boolean; attributes: { households?: number } }
  geometry: { type: 'Polygon' | 'MultiPolygon'; coordinates: Place[][] | Place[][][] }
}

/** The planner's desk as a planner uses it: tools, the map under the pointer, what would happen, what did. */
export class PlannerDesk {
  constructor(readonly page: Page, private readonly people: PeoplePage) {}

  /** A plan of its own for a test, made as the page makes it. */
  async start(name: string): Promise<number> {
    const plan = await this.people.send<{ id: number }>('/api/v1/plans', { name })
    return plan?.id ?? 0
  }

  /** Near the grids that tests draw on: the whole territory at once is what takes a browser without a graphics card longest. */
  async open(plan: number, query: Record<string, string> = {}): Promise<this> {
    await this.page.goto(`/?${new URLSearchParams({ page: 'plan', plan: String(plan), map: '16/22.8986/112.9943', ...query })}`)
    await this.idle()
    return this
  }

  async idle(): Promise<void> {
    await expect(this.page.locator('[data-planner-map="idle"]')).toBeVisible({ timeout: 60_000 })
  }

  get plan(): number {
    return Number(new URL(this.page.url()).searchParams.get('plan'))
  }

  /** The plan's grids of a level, or all that differ from its base. */
  async grids(query: { level?: number; changed?: boolean } = {}): Promise<PlanGrid[]> {
    const found: PlanGrid[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const parameters = new URLSearchParams({ limit: '1000', ...(query.level && { level: String(query.level) }), ...(query.changed && { changed: 'true' }), ...(cursor && { cursor }) })
      const response = await this.page.request.get(`/api/v1/plans/${this.plan}/grids?${parameters}`, { headers: { Accept: 'application/geo+json' } })
      const page = (await response.json()) as { features: PlanGrid[]; next: string | null }
      found.push(...page.features)
      cursor = page.next
    }
    return found
  }

  async edits(): Promise<{ kind: string; undone: boolean; parameters: Record<string, unknown> }[]> {
    return (await this.people.get<{ edits: { kind: string; undone: boolean; parameters: Record<string, unknown> }[] }>(`/api/v1/plans/${this.plan}`)).edits
  }

  get version(): Promise<number> {
    return this.page.locator('[data-version]').getAttribute('data-version').then(Number)
  }

  async look(grids: PlanGrid[], padding = 160): Promise<void> {
    const box = boxOf(grids)
    await this.page.evaluate(([bounds, room]) => {
      const { map } = document.querySelector('.planner-map__canvas') as unknown as { map: DeskHandle }
      map.fitBounds(bounds, { padding: room, animate: false })
    }, [box, padding] as const)
    await this.idle()
  }

  /** Where on the page a place is. */
  async pixel(place: Place): Promise<{ x: number; y: number }> {
    return this.page.evaluate((at) => {
      const element = document.querySelector('.planner-map__canvas') as unknown as HTMLElement & { map: DeskHandle }
      const { left, top } = element.getBoundingClientRect()
      const { x, y } = element.map.project(at)
      return { x: x + left, y: y + top }
    }, place)
  }

  async press(place: Place, options: { shift?: boolean } = {}): Promise<void> {
    const { x, y } = await this.pixel(place)
    if (options.shift) await this.page.keyboard.down('Shift')
    await this.page.mouse.move(x, y, { steps: 4 })
    await this.page.mouse.click(x, y)
    if (options.shift) await this.page.keyboard.up('Shift')
  }

  async choose(tool: Tool): Promise<void> {
    await this.page.locator(`[data-tool="${tool}"]`).click()
  }

  async level(level: number): Promise<void> {
    await this.page.locator('[data-plan-level]').selectOption(String(level))
  }

  /** Draws point by point; Enter ends. */
  async draw(places: readonly Place[]): Promise<void> {
    for (const place of places) {
      await this.press(place)
      // Two presses of the hand are never nearer in time.
      await this.page.waitForTimeout(350)
    }
    await this.page.keyboard.press('Enter')
  }

  async drag(from: Place, to: Place): Promise<void> {
    const start = await this.pixel(from)
    const end = await this.pixel(to)
    await this.page.mouse.move(start.x - 4, start.y - 4)
    await this.page.mouse.move(start.x, start.y, { steps: 3 })
    await this.page.mouse.down()
    await this.page.mouse.move(end.x, end.y, { steps: 8 })
    await this.page.mouse.up()
  }

  /** What the edit in hand would do: its sentences. */
  async told(): Promise<string> {
    await expect(this.box).toHaveAttribute('data-dry-run', 'told')
    return this.box.innerText()
  }

  get box(): Locator {
    return this.page.locator('[data-dry-run]')
  }

  get refusal(): Locator {
    return this.box.locator('[data-refusal]')
  }

  /** Does what is shown; the plan is at its next version when this returns. */
  async apply(): Promise<void> {
    const before = await this.version
    await this.page.locator('[data-apply]').click()
    await expect.poll(() => this.version).toBeGreaterThan(before)
    await expect(this.box).toHaveCount(0)
  }

  async undo(): Promise<void> {
    const before = await this.version
    await this.page.keyboard.press('Control+z')
    await expect.poll(() => this.version).toBeGreaterThan(before)
  }

  async redo(): Promise<void> {
    const before = await this.version
    await this.page.keyboard.press('Control+y')
    await expect.poll(() => this.version).toBeGreaterThan(before)
  }

  async inspect(tab: 'facts' | 'table' | 'defects' | 'edits' | 'compare' | 'talk'): Promise<void> {
    await this.page.locator(`[data-inspector="${tab}"]`).click()
  }

  /** The code of the grid in the inspector. */
  async facts(): Promise<string | null> {
    await expect(this.page.locator('[data-facts]')).toBeVisible()
    return this.page.locator('[data-facts]').getAttribute('data-facts')
  }

  get step(): Promise<string | null> {
    return this.page.locator('[data-step]').getAttribute('data-step')
  }

  get meanwhile(): Locator {
    return this.page.locator('[data-meanwhile]')
  }

  /** Publishes; what the dialog said before. */
  async publish(): Promise<string> {
    await this.page.locator('[data-publish]').click()
    const said = await this.page.locator('[data-publish-sentences]').innerText()
    await this.page.locator('dialog [data-submit]').click()
    await expect(this.page.locator('[data-plan-state="published"]')).toBeVisible()
    return said
  }

  async violations(): Promise<string[]> {
    return violations(this.page)
  }

  async picture(name: string): Promise<void> {
    await this.page.screenshot({ path: `screenshots/${name}.png` })
  }
}

const rings = ({ geometry }: PlanGrid): Place[][] => (geometry.type === 'Polygon' ? (geometry.coordinates as Place[][]) : (geometry.coordinates as Place[][][]).flat())

export function boxOf(grids: readonly PlanGrid[]): [number, number, number, number] {
  const all = grids.flatMap(rings).flat()
  const [lons, lats] = [all.map(([lon]) => lon), all.map(([, lat]) => lat)]
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)]
}

/** The outer ring of the largest part, without its repeated end. */
export const outline = (grid: PlanGrid): Place[] => rings(grid).reduce((longest, ring) => (ring.length > longest.length ? ring : longest)).slice(0, -1)

const key = ([lon, lat]: Place): string => `${lon},${lat}`

/** The longest run of edges that two grids have in common, vertex by vertex, in the order of the first. */
export function commonBorder(one: PlanGrid, other: PlanGrid): Place[] {
  const ring = outline(one)
  const theirs = new Set(rings(other).flatMap((each) => each.slice(1).map((place, i) => `${key(place)} ${key(each[i] as Place)}`)))
  const shared = ring.map((place, i) => theirs.has(`${key(place)} ${key(ring[(i + 1) % ring.length] as Place)}`))
  const start = shared.findIndex((is, i) => is && !shared[(i + ring.length - 1) % ring.length])
  if (start < 0) return []
  const run: Place[] = [ring[start] as Place]
  for (let i = start; shared[i % ring.length]; i++) run.push(ring[(i + 1) % ring.length] as Place)
  return run
}

/** A place within a grid: the middle of its widest stretch at middle height. */
export function inside(grid: PlanGrid): Place {
  const ring = outline(grid)
  const [, south, , north] = boxOf([grid])
  const lat = (south + north) / 2 + (north - south) * 1e-3
  const cuts = ring.flatMap(([lon, y], i) => {
    const [nextLon, nextY] = ring[(i + 1) % ring.length] as Place
    return (y > lat) === (nextY > lat) ? [] : [lon + ((nextLon - lon) * (lat - y)) / (nextY - y)]
  }).sort((a, b) => a - b)
  let best: Place = [ring[0]?.[0] ?? 0, lat]
  let width = -1
  for (let i = 0; i + 1 < cuts.length; i += 2) {
    const [from = 0, to = 0] = [cuts[i], cuts[i + 1]]
    if (to - from > width) [best, width] = [[(from + to) / 2, lat], to - from]
  }
  return best
}
