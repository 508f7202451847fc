import { MapPage } from '../MapPage'
import { test } from '../fixtures'

/** Rounds of each; they alternate, so that a busy machine slows both. */
const rounds = 5
const seconds = 4

interface Camera {
  setStyle(style: object, options: { diff: boolean }): void
  once(event: string, listener: () => void): void
  getCenter(): { lng: number; lat: number }
  getZoom(): number
  jumpTo(camera: { center: [number, number]; zoom: number }): void
}

/** Swings the map round its middle and reads the time between frames, in milliseconds. */
async function swing(map: MapPage): Promise<number[]> {
  return map.page.evaluate(async (length) => {
    const { map: camera } = document.querySelector('[data-map] .map-view__canvas') as unknown as { map: Camera }
    const { lng, lat } = camera.getCenter()
    const zoom = camera.getZoom()
    const frames: number[] = []
    const start = performance.now()
    for (let before = start; before - start < length * 1000; ) {
      const at = await new Promise<number>((resolve) => requestAnimationFrame(resolve))
      if (at > start) frames.push(at - before)
      before = Math.max(at, before)
      const turn = (at - start) / 1000
      camera.jumpTo({ center: [lng + 0.004 * Math.sin(turn * 2), lat + 0.003 * Math.cos(turn * 3)], zoom: zoom + 0.4 * Math.sin(turn) })
    }
    camera.jumpTo({ center: [lng, lat], zoom })
    return frames.slice(2)
  }, seconds)
}

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0
const worst = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? 0

for (const [name, size] of [['desktop', { width: 1440, height: 900 }], ['phone', { width: 390, height: 844 }]] as const) {
  test.describe(name, () => {
    test.use({ viewport: size })

    test('frames of the battle map against those of an empty style', async ({ page, context }) => {
      test.setTimeout(300_000)
      const full = await new MapPage(page).open()
      const empty = await new MapPage(await context.newPage()).open()
      await empty.page.evaluate(() => {
        const { map: camera } = document.querySelector('[data-map] .map-view__canvas') as unknown as { map: Camera }
        camera.setStyle({ version: 8, sources: {}, layers: [] }, { diff: false })
      })
      const frames: Record<'full' | 'empty', number[]> = { full: [], empty: [] }
      for (let round = 0; round < rounds; round++) {
        for (const [kind, map] of [['full', full], ['empty', empty]] as const) {
          await map.page.bringToFront()
          frames[kind].push(...(await swing(map)))
        }
      }
      const of = (values: number[]) => `median ${median(values).toFixed(1)} ms, 95th percentile ${worst(values).toFixed(1)} ms, ${values.length} frames`
      console.log(`${name} ${size.width}x${size.height}: battle map ${of(frames.full)}; empty style ${of(frames.empty)}; ratio of medians ${(median(frames.full) / median(frames.empty)).toFixed(2)}`)
    })
  })
}
