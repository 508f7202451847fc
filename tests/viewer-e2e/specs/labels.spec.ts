import { expect, test } from '../fixtures'

/** A fixed course of pseudo-random numbers (mulberry32), so that the views are the same in every run. */
function chance(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const full = process.env.GRIDMAP_PROVE === '1'

for (const [layer, views] of [['light', full ? 200 : 4], ['issues', full ? 50 : 2]] as const) {
  test(`no name lies on another, in ${views} views from far to near, coloured by ${layer}`, async ({ map, service }) => {
    const { bbox } = await service.get<{ bbox: [number, number, number, number] }>('/api/v1/settings')
    const [west, south, east, north] = bbox
    const random = chance(layer === 'light' ? 1 : 2)
    await map.open({ layer })
    let shown = 0
    for (let i = 0; i < views; i++) {
      const place = { lon: west + random() * (east - west), lat: south + random() * (north - south) }
      const zoom = 9 + random() * 8
      await map.look(place, zoom)
      const labels = await map.labels()
      expect(labels.overlaps, `z${zoom.toFixed(2)} ${place.lon.toFixed(5)},${place.lat.toFixed(5)}`).toEqual([])
      shown += labels.shown
    }
    // Without names there would be nothing to overlap.
    expect(shown).toBeGreaterThan(views * 3)
  })
}
