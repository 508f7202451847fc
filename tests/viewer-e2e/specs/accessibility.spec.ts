import { expect, test } from '../fixtures'

const panels = [undefined, 'issues', 'report', 'about'] as const

for (const [device, viewport] of [
  ['desktop', { width: 1440, height: 900 }],
  ['phone', { width: 390, height: 844 }],
] as const) {
  test.describe(device, () => {
    test.use({ viewport })

    test('axe finds nothing, whatever panel is open', async ({ map }) => {
      for (const panel of panels) {
        await map.open({ panel })
        expect(await map.violations(), panel ?? 'map').toEqual([])
      }
    })

    test('axe finds nothing about an answer and about a grid', async ({ map, service }) => {
      const place = await service.quietPlace(5)
      await map.open({ at: place, zoom: 16 })
      await map.press(place)
      const { code } = await map.answer()
      expect(await map.violations(), 'lookup').toEqual([])
      await map.page.goto(`/?panel=grid&grid=${code}&lang=en`)
      await map.idle()
      expect(await map.violations(), 'grid').toEqual([])
    })
  })
}
