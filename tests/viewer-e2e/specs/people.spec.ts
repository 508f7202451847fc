import { expect, test } from '../fixtures'
import { PeoplePage } from '../PeoplePage'

const chinese = /\p{Script=Han}/u
/** Names that no other run of these tests has used. */
const unique = (what: string) => `${what}-${Date.now().toString(36)}`
const phone = { width: 390, height: 844 }

interface Duties {
  items: { id: number; person: { name: string }; to: string | null }[]
}

test.describe('the door', () => {
  test('a demonstration account is one press away, and leads back to where one came from', async ({ people, page }) => {
    await people.open('audit')
    await people.signInButton.click()
    await expect.poll(() => new URL(page.url()).searchParams.get('then')).toBe('audit')
    await people.signInAsDemo('admin')
    await expect(people.person).toBeVisible()
    await expect.poll(() => new URL(page.url()).searchParams.get('page')).toBe('audit')
    expect(await people.menu()).toEqual(['me', 'worklog', 'issues', 'progress', 'statistics', 'campaigns', 'schedule', 'resources', 'inbox', 'security', 'people', 'staff', 'points', 'surveys', 'plans', 'categories', 'calendar', 'accounts', 'keys', 'audit'])
    await people.open('me')
    await people.signOut()
    await expect(people.signInButton).toBeVisible()
    await expect.poll(() => new URL(page.url()).searchParams.get('page')).toBeNull()
  })

  test('a wrong password says what to do, and nothing that was typed is lost', async ({ people, page }) => {
    await people.open('signin')
    await people.signIn('demo-leader', 'not the password')
    await expect(people.refusal).toHaveAttribute('data-refusal', 'bad_credentials')
    await expect(people.refusal).toContainText('账号或密码不对')
    await expect(page.locator('input[name=username]')).toHaveValue('demo-leader')
    await people.picture('people-wrong-password')
  })

  test('sign-in goes nowhere but to its own pages', async ({ people, page, baseURL }) => {
    const account = await people.account('viewer')
    const home = new URL(baseURL ?? '').origin
    await page.goto('/?page=signin&then=https://elsewhere.example/&next=//elsewhere.example')
    await people.signIn(account.name, account.password)
    await expect(people.person).toBeVisible()
    await expect.poll(() => new URL(page.url()).searchParams.get('page')).toBeNull()
    expect([new URL(page.url()).origin, page.url().includes('elsewhere')]).toEqual([home, false])
  })

  test('a session that is revoked elsewhere ends gracefully', async ({ people, page }) => {
    const account = await people.account('supervisor')
    await people.open('signin')
    await people.signIn(account.name, account.password)
    await expect(people.person).toBeVisible()
    await people.open('security')
    await people.settled()
    // As if it had expired: the cookie is not taken any longer.
    await page.context().clearCookies()
    await page.locator('[data-menu=inbox]').click()
    await expect(people.lost).toBeVisible()
    await people.lost.getByRole('button').first().click()
    await expect(page.locator('[data-door]')).toBeVisible()
    await expect.poll(() => new URL(page.url()).searchParams.get('then')).toBe('inbox')
  })
})

test.describe('people of a grid', () => {
  test('an appointment is seen at once by who looks at the place, and so is its end', async ({ people, browser, baseURL, service }) => {
    const leader = await people.as('grid_leader')
    const [zone] = (await service.grids(3)).filter(({ code }) => code.startsWith(leader.grid ?? '-'))
    if (!zone) throw new Error('The leader has no zone')
    const place = zone.center
    const { chain } = await service.lookup(place)
    const code = chain.find(({ level }) => level === 3)?.code ?? ''
    const { people: other, context } = await PeoplePage.other(browser, baseURL ?? '')
    await other.as('campaign_office')
    await other.map.open({ at: place, zoom: 16, layer: 'issues' })
    await other.map.press(place)
    const name = unique('测试')
    const answer = async () => (await other.map.answer()).text
    expect(await answer()).not.toContain(name)

    await people.open('people', { grid: code })
    await people.appoint({ role: 'grid_worker', person: name, phone: '13800000000' })
    await expect(people.row(name)).toBeVisible()
    await people.picture('people-duties')
    await expect.poll(answer).toContain(name)
    await other.page.screenshot({ path: 'screenshots/people-lookup.png' })

    await people.endTerm(name)
    await expect(people.row(name)).toHaveCount(0)
    await expect.poll(answer).not.toContain(name)
    await people.showAll()
    await expect(people.row(name)).toContainText('已结束')
    expect(other.complaints).toEqual([])
    await context.close()
  })

  test('a correction stands beside the record', async ({ people }) => {
    const { grid } = await people.as('campaign_office').then(() => people.account('grid_leader'))
    await people.open('people', { grid: grid ?? '' })
    const name = unique('更正')
    await people.appoint({ role: 'supervisor', person: name })
    await people.correct(name, '2026-01-05T08:00', '当时没有登记')
    await expect(people.corrections.filter({ hasText: name })).toContainText('当时没有登记')
    await expect(people.row(name)).toBeVisible()
    await people.picture('people-correction')
    await people.endTerm(name)
  })

  test('a leader names a stand-in for some days, and ends it', async ({ people }) => {
    await people.as('grid_leader')
    await people.open('me')
    const name = unique('代班')
    await people.nameStandIn(name)
    await expect(people.standIns.filter({ hasText: name })).toBeVisible()
    await people.picture('people-me')
    await people.standIns.filter({ hasText: name }).getByRole('button').click()
    await expect(people.standIns.filter({ hasText: name })).toHaveCount(0)
  })

  test('a planner of one community sees no people of its neighbour', async ({ people, page, service }) => {
    const { grid } = await people.as('planner')
    const other = (await service.grids(2)).find(({ code }) => code !== grid)
    await people.open('people', { grid: grid ?? '' })
    expect((await people.rows()).length).toBeGreaterThan(0)
    await expect(page.locator('[data-appoint]')).toHaveCount(0)
    for (const tab of ['duties', 'persons']) {
      await people.open('people', { grid: other?.code ?? '', 'f.tab': tab })
      await expect(page.locator('.problem-note')).toContainText('超出您的管辖范围')
      expect(await people.rows()).toEqual([])
    }
    // Nor among all that they reach.
    await people.open('people')
    await people.settled()
    const codes = await page.locator('tr[data-row] .duty-grid').evaluateAll((all) => all.map((one) => one.getAttribute('title') ?? ''))
    expect(codes.filter((code) => !code.startsWith(grid ?? '-'))).toEqual([])
    // And the drawer leads there from their own grids only.
    await page.goto(`/?panel=grid&grid=${grid}&layer=issues`)
    await expect(people.peopleLink).toBeVisible()
    await page.goto(`/?panel=grid&grid=${other?.code}&layer=issues`)
    await expect(page.locator(`[data-grid="${other?.code}"]`)).toBeVisible()
    await expect(people.peopleLink).toHaveCount(0)
    await people.map.idle()
    await people.open('accounts')
    await expect(people.forbidden).toBeVisible()
  })
})

test('a volunteer claims a post with one press, the leader says yes, and both are told', async ({ people, browser, baseURL }) => {
  const { grid } = await people.as('grid_leader')
  const title = unique('河道巡查')
  await people.open('people', { grid: grid ?? '', 'f.tab': 'posts' })
  await people.offerPost(title)
  await expect(people.post(title)).toBeVisible()

  const { people: volunteer, context } = await PeoplePage.other(browser, baseURL ?? '', phone)
  // The public sees it, and is asked to sign in.
  await volunteer.page.goto(`/?panel=grid&grid=${grid}&layer=issues`)
  await expect(volunteer.post(title).locator('[data-claim-sign-in]')).toBeVisible()
  await volunteer.as('volunteer')
  await volunteer.page.goto(`/?panel=grid&grid=${grid}&layer=issues`)
  await volunteer.claim(title)
  const me = await volunteer.get<{ personName: string }>('/api/v1/me')

  // The leader's badge counts it without a reload; the message leads to the claim.
  await expect.poll(() => people.unread()).toBeGreaterThan(0)
  await people.open('inbox')
  expect((await people.messages()).find(({ kind }) => kind === 'post.claimed')?.text).toContain(title)
  await people.picture('people-inbox')
  await people.openMessage('post.claimed')
  await people.accept(title, me.personName)
  await people.picture('people-posts')

  await expect(volunteer.post(title).locator('[data-my-claim=accepted]')).toBeVisible()
  await volunteer.open('inbox')
  expect((await volunteer.messages()).find(({ kind }) => kind === 'post.accepted')?.text).toContain(title)
  expect(volunteer.complaints).toEqual([])
  await context.close()

  await people.closePost(title)
  const { items } = await people.get<Duties>(`/api/v1/duties?grid=${grid}&role=volunteer`)
  for (const duty of items.filter(({ person }) => person.name === me.personName)) await people.send(`/api/v1/duties/${duty.id}/end`)
})

test.describe('the office', () => {
  test('an account is handed over with a password for one sign-in, changed, and switched off', async ({ people, browser, baseURL }) => {
    await people.as('admin')
    await people.open('accounts')
    const name = unique('new')
    const password = await people.makeAccount(name, unique('新人'))
    expect(password.length).toBeGreaterThanOrEqual(8)
    await expect(people.row(name)).toContainText('待改密码')
    await people.picture('people-accounts')

    const { people: owner, context } = await PeoplePage.other(browser, baseURL ?? '')
    await owner.open('signin')
    await owner.signIn(name, password)
    await expect(owner.page.locator('[data-password-form]')).toBeVisible()
    expect(await owner.menu()).toEqual(['security'])
    await owner.changePassword(password, 'password')
    await expect(owner.refusal).toHaveAttribute('data-refusal', 'bad_password')
    await owner.changePassword(password, `several words ${name}`)
    await expect.poll(() => owner.menu()).toEqual(['me', 'inbox', 'security'])
    const secret = await owner.makeKey('summary')
    expect(secret.length).toBeGreaterThan(20)
    await expect(owner.row('summary')).toBeVisible()
    await owner.row('summary').locator('[data-revoke]').click()
    await expect(owner.row('summary')).toContainText('已吊销')

    await people.toggleAccount(name)
    await expect(people.row(name)).toContainText('已停用')
    await owner.page.locator('[data-menu=me]').click()
    await expect(owner.lost).toBeVisible()
    expect(owner.complaints).toEqual([])
    await context.close()

    // The audit has it all, with what it became.
    await people.open('audit', { 'f.action': 'account' })
    const rows = await people.rows()
    for (const said of ['新建账号', '修改账号']) expect(rows.join('\n')).toContain(said)
    expect(await people.details('新建账号')).toContain(name)
    await people.picture('people-audit')
  })

  test('the audit is narrowed by who, what, outcome and time, and the link holds it', async ({ people, page }) => {
    await people.as('admin')
    await people.open('audit')
    await people.settled()
    await page.locator('select[name=outcome]').selectOption('refused')
    await expect.poll(() => new URL(page.url()).searchParams.get('f.outcome')).toBe('refused')
    await people.settled()
    for (const row of await people.rows()) expect(row).toContain('被拒绝')
    await page.locator('input[name=from]').fill('2020-01-01')
    await page.locator('input[name=to]').fill('2020-01-02')
    await page.locator('input[name=to]').blur()
    await expect(page.getByText('没有符合条件的记录')).toBeVisible()
    await page.locator('[data-clear]').click()
    await expect(page.locator('tr[data-row]').first()).toBeVisible()
    const csv = await page.request.get((await page.locator('[data-csv]').getAttribute('href')) ?? '')
    expect(await csv.text()).toContain('duty.')
  })

  test('a staff list is tried first: errors by row and column, then what would change, then it is stored', async ({ people, page }) => {
    await people.as('admin')
    const { grid } = await people.account('grid_worker')
    await people.open('staff')
    const head = '编号,姓名,电话,网格编码,岗位,开始,结束'
    expect(await people.chooseStaffList('wrong.csv', `${head}\n,张三,,${grid},网格员,,\n,,138,4.40605E+17,网格员,昨天,\n`)).toBe('errors')
    const rows = await people.rows()
    expect(rows.length).toBeGreaterThanOrEqual(3)
    for (const row of rows) expect(row).toMatch(/^3\s/)
    for (const column of ['姓名', '网格编码', '开始']) expect(rows.join('\n')).toContain(column)
    expect(rows.join('\n')).toContain('文本格式')
    await people.picture('people-staff-errors')

    const name = unique('名册')
    expect(await people.chooseStaffList('good.csv', `${head}\n,${name},13900000000,${grid},网格员,,\n`)).toBe('good')
    expect([await people.staffFigure('created'), await people.staffFigure('duties')]).toEqual([1, 1])
    await people.picture('people-staff')
    await people.storeStaffList()
    await people.open('people', { grid: grid ?? '' })
    await expect(people.row(name)).toBeVisible()
    await people.endTerm(name)
    expect(page.url()).toContain('page=people')
  })
})

/** Every page, with who is to look at it. */
const screens = [
  ['admin', 'me', {}], ['admin', 'inbox', {}], ['admin', 'security', {}], ['admin', 'people', {}], ['admin', 'people', { 'f.tab': 'posts' }],
  ['admin', 'people', { 'f.tab': 'persons' }], ['admin', 'staff', {}], ['admin', 'accounts', {}], ['admin', 'keys', {}], ['admin', 'audit', {}],
  ['admin', 'progress', {}], ['admin', 'progress', { 'f.tab': 'weeks' }], ['admin', 'progress', { 'f.tab': 'levels' }],
  ['admin', 'campaigns', {}], ['admin', 'resources', {}], ['admin', 'resources', { 'f.tab': 'uses' }],
] as const

for (const [device, viewport] of [['desktop', { width: 1440, height: 900 }], ['phone', phone]] as const) {
  test.describe(device, () => {
    test.use({ viewport, ...(device === 'phone' && { isMobile: true, hasTouch: true }) })

    test('axe finds nothing on any page, and nothing is wider than the screen', { tag: device === 'desktop' ? '@full' : [] }, async ({ people, page }) => {
      const { grid } = await people.account('grid_leader')
      await people.open('signin')
      await people.settled()
      expect(await people.violations(), 'signin').toEqual([])
      await people.picture(`people-${device}-signin`)
      await people.as('admin')
      for (const [, name, query] of screens) {
        const where = `${name} ${Object.values(query).join()}`.trim()
        await people.open(name, name === 'people' ? { grid: grid ?? '', ...query } : query)
        await people.settled()
        expect(await people.violations(), where).toEqual([])
        expect(await people.map.overflow(), where).toBe(0)
        expect(await people.map.clipped(), where).toEqual([])
        if (device === 'phone') expect(await people.map.smallTargets(), where).toEqual([])
        await people.picture(`people-${device}-${where.replace(' ', '-')}`)
      }
      await people.open('people', { grid: grid ?? '' })
      await page.locator('[data-appoint]').click()
      expect(await people.violations(), 'appointing').toEqual([])
      if (device === 'phone') expect(await people.map.smallTargets(), 'appointing').toEqual([])
      await people.picture(`people-${device}-appoint`)
    })
  })
}

test('in English nothing but names is Chinese', async ({ people, page }) => {
  await people.as('admin')
  const { items } = await people.get<{ items: { name: string }[] }>('/api/v1/grids?level=2&limit=1000')
  for (const [, name, query] of screens) {
    await people.open(name, { lang: 'en', ...query })
    await people.settled()
    // Names stand in tables and headings of grids; the switch to Chinese is written in Chinese.
    const rest = await page.locator('.page-host').evaluate((host) => {
      const copy = host.cloneNode(true) as HTMLElement
      for (const named of copy.querySelectorAll('[data-row], [data-post], [data-message], [data-language], [data-role]')) named.remove()
      return copy.innerText || copy.textContent || ''
    })
    const lines = rest.split('\n').filter((line) => chinese.test(line) && !line.includes('演示') && !items.some((grid) => line.includes(grid.name)))
    expect(lines, name).toEqual([])
  }
})

test('a phone has one more tab, for oneself', { tag: '@full' }, async ({ people, page }) => {
  await page.setViewportSize(phone)
  await people.map.open()
  await page.locator('[data-nav=me]').click()
  await expect(page.locator('[data-door]')).toBeVisible()
  await people.as('volunteer')
  await people.map.open()
  await page.locator('[data-nav=me]').click()
  await expect(page.locator('[data-page]')).toBeVisible()
  await page.locator('.tabs [data-nav=map]').click()
  await people.map.idle()
})
