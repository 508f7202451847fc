import { expect, test } from '../fixtures'

test.use({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 })

const tabs = ['issues', 'report', 'about', 'map'] as const

for (const language of ['zh-CN', 'en'] as const) {
  test(`every tab fits the screen, and every target a finger, in ${language}`, { tag: language === 'en' ? '@full' : [] }, async ({ map, service }) => {
    await map.open({ language })
    for (const tab of tabs) {
      await map.go(tab)
      await map.picture(`phone-${tab}-${language}`)
      expect(await map.overflow(), tab).toBe(0)
      expect(await map.smallTargets(), tab).toEqual([])
      expect(await map.clipped(), tab).toEqual([])
    }
    const [zone] = (await service.progress(3)).rows
    await map.page.goto(`/?panel=grid&grid=${zone?.code}&lang=${language}`)
    await map.idle()
    await expect(map.page.locator('[data-zone]')).toBeVisible()
    expect(await map.overflow(), 'zone').toBe(0)
    expect(await map.smallTargets(), 'zone').toEqual([])
    expect(await map.clipped(), 'zone').toEqual([])
  })
}

test('the sheet is dragged up and down', async ({ map }) => {
  await map.open()
  expect(await map.sheet()).toBe('peek')
  await map.dragSheet(600)
  await expect.poll(() => map.sheet()).toBe('full')
  await map.dragSheet(-600)
  await expect.poll(() => map.sheet()).toBe('peek')
})

test('a place that is pressed is answered in the sheet, and reported from there', async ({ map, service }) => {
  const place = await service.quietPlace(30)
  await map.open({ at: place, zoom: 16, layer: 'issues' })
  await map.press(place)
  expect((await map.answer()).code).toBe((await service.lookup(place)).chain.at(-1)?.code)
  await map.picture('phone-lookup')
  await map.reportHere()
  const number = await map.sendReport({ category: 2 })
  expect((await service.issue(number)).grid).toBe((await service.lookup(place)).chain.at(-1)?.code)
  await map.picture('phone-receipt')
})
