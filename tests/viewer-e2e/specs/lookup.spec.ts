import { expect, test } from '../fixtures'

test('a place says who answers for it, as the service does', async ({ map, service }) => {
  const place = await service.quietPlace(3)
  const known = await service.lookup(place)
  await map.open({ at: place, zoom: 16, layer: 'issues' })
  await map.press(place)
  const answer = await map.answer()
  expect(answer.match).toBe('interior')
  expect(answer.code).toBe(known.chain.at(-1)?.code)
  for (const { name } of known.chain) expect(answer.text).toContain(name)
  await map.picture('desktop-lookup')
})

test('a place outside names the nearest grid', async ({ map, service }) => {
  const { bbox } = await service.get<{ bbox: [number, number, number, number] }>('/api/v1/settings')
  const outside = { lon: bbox[0] - 0.01, lat: bbox[1] - 0.01 }
  await map.open({ at: outside, zoom: 14, layer: 'issues' })
  await map.press(outside)
  const answer = await map.answer()
  expect(answer.match).toBe('outside')
  const { nearest } = (await service.lookup(outside)) as unknown as { nearest: { name: string } }
  expect(answer.text).toContain(nearest.name)
})
