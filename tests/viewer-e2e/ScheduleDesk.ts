import { expect, type Locator, type Page } from '@playwright/test'
import type { PeoplePage } from './PeoplePage'

export interface PlannedEntry {
  grid: string
  item: string
  week: string
  quantity: number
  goal: string | null
  version: number
}

/** The schedule as a planner uses it, by the keyboard; and what the service holds of it. */
export class ScheduleDesk {
  constructor(
    readonly page: Page,
    readonly people: PeoplePage,
  ) {}

  async open(campaign: number, query: Record<string, string> = {}): Promise<this> {
    await this.people.open('schedule', { campaign: String(campaign), ...query })
    await expect(this.table).toBeVisible()
    await expect(this.input).toBeFocused()
    return this
  }

  get table(): Locator {
    return this.page.locator('[data-schedule-table]')
  }

  get input(): Locator {
    return this.page.locator('[data-schedule-input]')
  }

  get map(): Locator {
    return this.page.locator('[data-schedule-map]')
  }

  get notice(): Locator {
    return this.page.locator('[data-notice]')
  }

  get saved(): Locator {
    return this.page.locator('[data-save="saved"]')
  }

  cell(grid: string, item: string, week: string): Locator {
    return this.page.locator(`[data-cell="${grid}|${item}|${week}"]`)
  }

  /** What a cell shows as planned, without its gaps. */
  async plan(grid: string, item: string, week: string): Promise<string> {
    return (await this.cell(grid, item, week).locator('.cell__plan').innerText()).replace(/\s/g, '')
  }

  conflict(grid: string, item: string, week: string): Locator {
    return this.page.locator(`[data-conflict="${grid}|${item}|${week}"]`)
  }

  /** Types into the active cell as one does without looking. */
  async type(...lines: string[]): Promise<void> {
    for (const line of lines) {
      await this.page.keyboard.type(line)
      await this.page.keyboard.press('Enter')
    }
  }

  /** Pastes as the browser does: what the clipboard holds is handed to what has the focus. */
  async paste(text: string): Promise<void> {
    await this.input.evaluate((element, held) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', held)
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    }, text)
  }

  async stored(campaign: number, grid: string, week: string): Promise<PlannedEntry[]> {
    return (await this.people.get<{ items: PlannedEntry[] }>(`/api/v1/campaigns/${campaign}/schedule?grid=${grid}&week=${week}`)).items
  }

  async quantity(campaign: number, grid: string, item: string, week: string): Promise<number | undefined> {
    return (await this.stored(campaign, grid, week)).find((entry) => entry.item === item)?.quantity
  }

  /** Plans over the API, as another program would. */
  async put(campaign: number, entries: readonly Omit<PlannedEntry, 'goal' | 'version'>[]): Promise<void> {
    for (const entry of entries) {
      const version = (await this.stored(campaign, entry.grid, entry.week)).find(({ item }) => item === entry.item)?.version ?? 0
      await this.people.send(`/api/v1/campaigns/${campaign}/schedule`, [{ ...entry, goal: null, version }], 'PUT')
    }
  }
}
