import { expect, type Browser, type BrowserContext, type Cookie, type Locator, type Page } from '@playwright/test'
import { violations } from './axe'
import { MapPage } from './MapPage'

export type DemoRole = 'admin' | 'campaign_office' | 'planner' | 'inspector' | 'grid_leader' | 'grid_worker' | 'supervisor' | 'volunteer' | 'viewer' | 'integrator'

export interface DemoAccount {
  name: string
  password: string
  role: DemoRole
  grid: string | null
  gridName: string | null
}

/** A refusal that a test asks for is written into the console by the browser itself; it is no complaint of the page's. */
const refusal = /Failed to load resource: the server responded with a status of (4\d\d)/

const sessions = new Map<DemoRole, Cookie[]>()

/** The pages beside the map as a person uses them: sign-in, one's own things, the people of a grid, the work of the office. */
export class PeoplePage {
  readonly map: MapPage

  constructor(readonly page: Page) {
    this.map = new MapPage(page)
  }

  /** Somebody else, with a browser of their own. */
  static async other(browser: Browser, url: string, viewport = { width: 1440, height: 900 }): Promise<{ people: PeoplePage; context: BrowserContext }> {
    const context = await browser.newContext({ baseURL: url, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', viewport })
    return { people: new PeoplePage(await context.newPage()), context }
  }

  get complaints(): string[] {
    return this.map.complaints.filter((text) => !refusal.test(text))
  }

  async open(name: string, query: Record<string, string> = {}): Promise<this> {
    await this.page.goto(`/?${new URLSearchParams({ page: name, ...query })}`)
    await expect(this.page.locator('[data-page], [data-door]').first()).toBeVisible()
    return this
  }

  /** The page's heading, once what it loads has come. */
  async settled(): Promise<string> {
    const heading = this.page.getByRole('heading', { level: 1 }).last()
    await expect(heading).toBeVisible()
    await expect(this.page.locator('.page-host__main > *, .door').first()).toBeVisible()
    await expect(this.page.locator('.el-skeleton')).toHaveCount(0)
    return heading.innerText()
  }

  // --- the session -------------------------------------------------------------------------------

  async accounts(): Promise<DemoAccount[]> {
    const settings = (await (await this.page.request.get('/api/v1/settings')).json()) as { demoAccounts?: DemoAccount[] }
    return settings.demoAccounts ?? []
  }

  async account(role: DemoRole): Promise<DemoAccount> {
    const account = (await this.accounts()).find((one) => one.role === role)
    if (!account) throw new Error(`The demonstration has no ${role}`)
    return account
  }

  /** Signed in without the screen, for tests of something else; once for all tests, since attempts are counted. */
  async as(role: DemoRole): Promise<DemoAccount> {
    const account = await this.account(role)
    const known = sessions.get(role)
    if (known) {
      await this.page.context().addCookies(known)
    } else {
      // Who signs in over a session ends it, and the other role's may be wanted again.
      await this.page.context().clearCookies()
      await this.send('/api/v1/session', { name: account.name, password: account.password })
      sessions.set(role, await this.page.context().cookies())
    }
    return account
  }

  /** A write as the page would send it, for what a test sets up and puts back. */
  async send<T>(path: string, data: unknown = {}, method = 'POST', headers: Record<string, string> = {}): Promise<T | null> {
    const url = new URL(path, await this.base())
    const response = await this.page.request.fetch(url.href, { method, data, headers: { Origin: url.origin, ...headers } })
    if (!response.ok()) throw new Error(`${response.status()} ${path}: ${await response.text()}`)
    return response.status() === 204 ? null : ((await response.json()) as T)
  }

  async get<T>(path: string): Promise<T> {
    const response = await this.page.request.get(new URL(path, await this.base()).href)
    if (!response.ok()) throw new Error(`${response.status()} ${path}`)
    return (await response.json()) as T
  }

  private async base(): Promise<string> {
    if (this.page.url() === 'about:blank') await this.page.goto('/?page=signin')
    return new URL(this.page.url()).origin
  }

  get signInButton(): Locator {
    return this.page.locator('[data-sign-in], [data-sign-in-needed] button').first()
  }

  async signIn(name: string, password: string): Promise<void> {
    const door = this.page.locator('[data-door]')
    await door.locator('input[name=username]').fill(name)
    await door.locator('input[name=current-password]').fill(password)
    await door.locator('[data-submit]').click()
  }

  async signInAsDemo(role: DemoRole): Promise<void> {
    await this.page.locator(`[data-demo-accounts] [data-demo="${role}"]`).click()
  }

  get demoList(): Locator {
    return this.page.locator('[data-demo-accounts]')
  }

  get person(): Locator {
    return this.page.locator('[data-person]')
  }

  /** What the form that is open refuses, by its code. */
  get refusal(): Locator {
    return this.page.locator('[data-refusal]').last()
  }

  get lost(): Locator {
    return this.page.locator('[data-session-lost]')
  }

  get forbidden(): Locator {
    return this.page.locator('[data-forbidden]')
  }

  async signOut(): Promise<void> {
    await this.page.locator('[data-sign-out]').click()
  }

  async menu(): Promise<(string | null)[]> {
    await expect(this.page.locator('[data-menu]').first()).toBeVisible()
    return this.page.locator('[data-menu]').evaluateAll((all) => all.map((one) => one.getAttribute('data-menu')))
  }

  async changePassword(current: string, next: string): Promise<void> {
    const form = this.page.locator('[data-password-form]')
    await form.locator('input[name=current-password]').fill(current)
    await form.locator('input[name=new-password]').fill(next)
    await form.locator('[data-submit]').click()
  }

  async unread(): Promise<number> {
    const badge = this.page.locator('[data-person] [data-unread]')
    return (await badge.count()) === 0 ? 0 : Number(await badge.first().innerText())
  }

  async messages(): Promise<{ kind: string | null; text: string }[]> {
    await this.settled()
    return this.page.locator('[data-message]').evaluateAll((all) => all.map((one) => ({ kind: one.getAttribute('data-message'), text: (one as HTMLElement).innerText })))
  }

  async openMessage(kind: string): Promise<void> {
    await this.page.locator(`[data-message="${kind}"]`).first().click()
  }

  // --- a grid's people ---------------------------------------------------------------------------

  /** The rows of the table that is open, as text. */
  async rows(): Promise<string[]> {
    await expect(this.page.locator('tr[data-row], .data__empty, .problem-note').first()).toBeVisible()
    await this.settled()
    return this.page.locator('tr[data-row]').allInnerTexts()
  }

  row(text: string): Locator {
    return this.page.locator('tr[data-row]', { hasText: text })
  }

  async appoint({ role, person, phone, to }: { role: string; person: string; phone?: string; to?: string }): Promise<void> {
    await this.page.locator('[data-appoint]').click()
    const form = this.page.locator('dialog')
    await form.locator('select[name=role]').selectOption(role)
    await form.getByRole('combobox').last().fill(person)
    if (phone) await form.locator('input[name=phone]').fill(phone)
    if (to) await form.locator('input[name=to]').fill(to)
    await this.submit()
  }

  async endTerm(person: string): Promise<void> {
    await this.row(person).locator('[data-end]').click()
    await this.submit()
  }

  async nameStandIn(person: string): Promise<void> {
    await this.page.locator('[data-stand-in]').first().click()
    await this.page.locator('dialog').getByRole('combobox').fill(person)
    await this.submit()
  }

  async correct(person: string, from: string, reason: string): Promise<void> {
    await this.row(person).locator('[data-correct]').click()
    const form = this.page.locator('dialog')
    await form.locator('input[name=from]').fill(from)
    await form.locator('textarea[name=reason]').fill(reason)
    await this.submit()
  }

  get corrections(): Locator {
    return this.page.locator('[data-correction]')
  }

  async showAll(): Promise<void> {
    await this.page.locator('[data-all]').check()
    await this.settled()
  }

  /** Presses the main button of the dialog, which goes when all is well. */
  private async submit(): Promise<void> {
    await this.page.locator('dialog [data-submit]').click()
    await expect(this.page.locator('dialog')).toHaveCount(0)
  }

  get standIns(): Locator {
    return this.page.locator('[data-own-stand-ins] li')
  }

  get peopleLink(): Locator {
    return this.page.locator('[data-people-link]')
  }

  // --- posts -------------------------------------------------------------------------------------

  async offerPost(title: string): Promise<void> {
    await this.page.locator('[data-new-post]').click()
    await this.page.locator('dialog input[name=post-title]').fill(title)
    await this.submit()
  }

  post(title: string): Locator {
    return this.page.locator('[data-post]', { hasText: title })
  }

  async claim(title: string): Promise<void> {
    await this.post(title).locator('[data-claim]').click()
    await expect(this.post(title).locator('[data-my-claim="open"]')).toBeVisible()
  }

  async accept(title: string, person: string): Promise<void> {
    await this.post(title).locator(`[data-claim-of="${person}"][data-state=open] [data-accept]`).click()
    await expect(this.post(title).locator(`[data-claim-of="${person}"][data-state=accepted]`)).toBeVisible()
  }

  async closePost(title: string): Promise<void> {
    await this.post(title).locator('[data-close-post]').click()
    await expect(this.post(title)).toHaveCount(0)
  }

  // --- the office --------------------------------------------------------------------------------

  /** Makes an account for a new person; the one-time password that is shown. */
  async makeAccount(name: string, person: string): Promise<string> {
    await this.page.locator('[data-new-account]').click()
    await this.page.locator('dialog input[name=account-name]').fill(name)
    await this.page.locator('dialog').getByRole('combobox').fill(person)
    await this.page.locator('dialog [data-submit]').click()
    return this.secret()
  }

  /** What is shown this once; the dialog is gone afterwards. */
  async secret(): Promise<string> {
    const secret = await this.page.locator('[data-secret]').innerText()
    await this.page.locator('[data-kept]').click()
    await expect(this.page.locator('[data-secret]')).toHaveCount(0)
    return secret
  }

  async makeKey(name: string): Promise<string> {
    await this.page.locator('[data-new-key]').click()
    await this.page.locator('dialog input[name=key-name]').fill(name)
    await this.page.locator('dialog input[type=checkbox]').first().check()
    await this.page.locator('dialog [data-submit]').click()
    return this.secret()
  }

  async toggleAccount(name: string): Promise<void> {
    await this.row(name).locator('[data-toggle]').click()
  }

  async chooseStaffList(name: string, text: string): Promise<string | null> {
    await this.page.locator('[data-sheet-file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
    const report = this.page.locator('[data-report]')
    await expect(report).toBeVisible()
    return report.getAttribute('data-report')
  }

  async staffFigure(name: string): Promise<number> {
    return Number((await this.page.locator(`[data-figure="${name}"] dd`).innerText()).replace(/\D/g, ''))
  }

  async storeStaffList(): Promise<void> {
    await this.page.locator('[data-store]').click()
    await expect(this.page.locator('[data-report="stored"]')).toBeVisible()
  }

  async details(text: string): Promise<string> {
    const row = this.row(text).first()
    await row.locator('[data-details]').click()
    return this.page.locator(`[data-changes="${await row.getAttribute('data-row')}"]`).innerText()
  }

  async violations(): Promise<string[]> {
    return violations(this.page)
  }

  async picture(name: string): Promise<void> {
    await this.settled()
    await this.page.screenshot({ path: `screenshots/${name}.png` })
  }
}
