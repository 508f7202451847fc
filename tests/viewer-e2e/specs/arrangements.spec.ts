import { expect, test } from '../fixtures'
import { ScheduleDesk } from '../ScheduleDesk'

interface Arranged {
  items: { day: string; words: string; version: number; recurring: number | null }[]
}

test('a week is arranged day by day, what comes back stands where nothing was, and the month has its target', async ({ people, page, service }) => {
  const { id } = await service.campaign()
  await people.as('campaign_office')
  await new ScheduleDesk(page, people).open(id, { lang: 'zh-CN' })
  const strip = page.locator('[data-day-strip]')
  await expect(strip.locator('[data-day]').first()).toBeVisible()
  const days = await strip.locator('[data-day]').evaluateAll((all) => all.map((one) => one.getAttribute('data-day') ?? ''))
  const tuesday = days.find((day) => new Date(`${day}T00:00:00Z`).getUTCDay() === 2) ?? ''
  const grid = new URL(page.url()).searchParams.get('grid') ?? ''
  const own = async (day: string) => (await people.get<Arranged>(`/api/v1/campaigns/${id}/arrangements?grid=${grid}&from=${day}&to=${day}`)).items

  await strip.locator('[data-rhythm]').click()
  const dialog = page.locator('dialog')
  await dialog.locator('[data-rule-words]').fill('清洁日')
  await dialog.locator('[data-rule-add]').click()
  await expect(dialog.locator('[data-rule]').filter({ hasText: '清洁日' })).toContainText('每周二')
  await dialog.locator('[data-theme]').fill('清沟渠')
  await dialog.locator('[data-target]').selectOption({ index: 2 })
  expect(await people.violations()).toEqual([])
  await dialog.locator('[data-submit]').click()
  await expect(dialog).toHaveCount(0)
  try {
    await expect(strip.locator(`[data-day="${tuesday}"]`)).toContainText('清洁日')
    await expect(strip.locator('[data-focus=week]')).toContainText('清沟渠')
    await expect(strip.locator('[data-focus=month]')).toBeVisible()

    await strip.locator('[data-arrange]').click()
    await dialog.locator(`[data-write="${tuesday}"] [data-words]`).fill('现场观摩')
    await dialog.locator('[data-submit]').click()
    await expect(dialog).toHaveCount(0)
    await expect(strip.locator(`[data-day="${tuesday}"]`)).toContainText('现场观摩')
    await expect(strip.locator(`[data-day="${tuesday}"]`)).not.toContainText('清洁日')
    expect((await own(tuesday)).map(({ words, recurring }) => [words, recurring])).toEqual([['现场观摩', null]])

    // Somebody else was faster: the form shows what holds now, and stores on top of that.
    await strip.locator('[data-arrange]').click()
    await dialog.locator(`[data-write="${tuesday}"] [data-words]`).fill('无')
    await dialog.locator(`[data-write="${days.at(-1)}"] [data-words]`).fill('清理河道')
    await people.send(`/api/v1/campaigns/${id}/arrangements`, [{ grid, day: tuesday, words: '县里来检查', person: null, version: (await own(tuesday))[0]?.version }], 'PUT')
    await dialog.locator('[data-submit]').click()
    await expect(dialog.getByRole('alert')).toBeVisible()
    await expect(dialog.locator(`[data-write="${tuesday}"] [data-words]`)).toHaveValue('县里来检查')
    await expect(dialog.locator(`[data-write="${days.at(-1)}"] [data-words]`)).toHaveValue('清理河道')
    expect(await people.violations()).toEqual([])
    await dialog.locator('[data-submit]').click()
    await expect(dialog).toHaveCount(0)
    await expect(strip.locator(`[data-day="${days.at(-1)}"]`)).toContainText('清理河道')
    // The browser itself writes a refusal that was handled into its console.
    expect(people.complaints.filter((line) => !line.includes('409'))).toEqual([])
    people.complaints.length = 0
  } finally {
    const { items } = await people.get<{ items: { id: number; words: string }[] }>(`/api/v1/campaigns/${id}/recurring`)
    for (const rule of items.filter(({ words }) => words === '清洁日')) await people.send(`/api/v1/campaigns/${id}/recurring/${rule.id}`, {}, 'DELETE')
  }
})

test('days leave as a sheet and come back, and who sees to one is told and led to it', async ({ people, page, service }) => {
  const { id, today } = await service.campaign()
  const tomorrow = new Date(Date.parse(`${today}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
  const { grid } = await people.account('grid_worker')
  await people.as('campaign_office')
  await new ScheduleDesk(page, people).open(id, { lang: 'zh-CN', grid: grid ?? '' })
  const { items } = await people.get<{ items: { person: number | null }[] }>(`/api/v1/campaigns/${id}/arrangements?grid=${grid}`)
  const person = items.find((item) => item.person !== null)?.person
  const words = `清理后巷 ${Date.now()}`

  await page.locator('[data-sheet-open]').click()
  const dialog = page.locator('dialog[data-schedule-sheet]')
  await dialog.locator('[data-tab=days]').click()
  await dialog.locator('[data-sheet-from]').fill(tomorrow)
  await dialog.locator('[data-sheet-to]').fill(tomorrow)
  const sheet = await page.request.get((await dialog.locator('[data-days-export=csv]').getAttribute('href')) ?? '')
  const [head = '', ...lines] = (await sheet.text()).replace('\uFEFF', '').split('\r\n')
  const cells = lines.find((line) => line.startsWith(`${grid},`))?.split(',') ?? []
  expect(cells[2]).toBe(tomorrow)
  const changed = [...cells.slice(0, 3), words, String(person), '', ''].join(',')
  await dialog.locator('[data-sheet-file]').setInputFiles({ name: 'days.csv', mimeType: 'text/csv', buffer: Buffer.from(`${head}\n${changed}\n`) })
  await expect(dialog.locator('[data-report=good]')).toContainText(words)
  await expect(dialog.locator('[data-figure=changes] dd')).toHaveText('1')
  expect(await people.violations()).toEqual([])
  await dialog.locator('[data-store]').click()
  await expect(dialog.locator('[data-report=stored]')).toBeVisible()

  await people.as('grid_worker')
  await page.setViewportSize({ width: 390, height: 844 })
  await people.open('inbox', { lang: 'zh-CN' })
  expect((await people.messages()).find(({ text }) => text.includes(words))?.kind).toBe('arrangement.named')
  await people.openMessage('arrangement.named')
  await expect(page.locator('[data-ahead] [data-arranged]')).toContainText(words)
  await expect(page.locator('[data-ahead] [data-mine]')).toBeVisible()
  await expect(page.locator('[data-log-zone]')).toHaveCount(0)
  expect(await people.violations()).toEqual([])
  expect(await people.map.smallTargets()).toEqual([])
})
