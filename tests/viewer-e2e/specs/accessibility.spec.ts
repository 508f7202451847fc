import { expect, test } from '../fixtures'

const panels = [undefined, 'issues', 'report', 'about'] as const

test.describe('wall', () => {
  test.use({ viewport: { width: 1920, height: 1080 } })

  test('axe finds nothing about the wall', async ({ map }) => {
    await map.open({ wall: true })
    expect(await map.violations()).toEqual([])
  })
})

for (const [device, viewport] of [
  ['desktop', { width: 1440, height: 900 }],
  ['phone', { width: 390, height: 844 }],
] as const) {
  test.describe(device, () => {
    test.use({ viewport })

    test('axe finds nothing, whatever panel is open', { tag: device === 'desktop' ? '@full' : [] }, async ({ map }) => {
      for (const panel of panels) {
        await map.open({ panel })
        expect(await map.violations(), panel ?? 'map').toEqual([])
      }
    })

    test('axe finds nothing about an answer and about a grid', { tag: device === 'desktop' ? '@full' : [] }, async ({ map, service }) => {
      const place = await service.quietPlace(5)
      await map.open({ at: place, zoom: 16, layer: 'issues' })
      await map.press(place)
      const { code } = await map.answer()
      expect(await map.violations(), 'lookup').toEqual([])
      await map.page.goto(`/?panel=grid&grid=${code}&lang=en`)
      await map.idle()
      expect(await map.violations(), 'grid').toEqual([])
    })

    test('axe finds nothing about a zone, two zones, and the map by percent and by issues', { tag: '@full' }, async ({ map, service }) => {
      const [first, second] = (await service.progress(3)).rows
      await map.page.goto(`/?panel=grid&grid=${first?.code}`)
      await map.idle()
      await expect(map.page.locator('[data-zone]')).toBeVisible()
      expect(await map.violations(), 'zone').toEqual([])
      await map.page.goto(`/?panel=grid&grid=${first?.code}&compare=${second?.code}`)
      await map.compared()
      expect(await map.violations(), 'compare').toEqual([])
      for (const layer of ['percent', 'issues'] as const) {
        await map.open({ layer })
        expect(await map.violations(), layer).toEqual([])
      }
    })
  })
}
