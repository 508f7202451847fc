import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from '@playwright/test'

// GRIDMAP_URL names a running service with the demonstration township. Without it one is started here, with a database
// of its own that is thrown away. The worker processes read this file too: what is chosen once goes through the environment.
const given = process.env.GRIDMAP_URL
process.env.GRIDMAP_E2E_PORT ??= String(20_000 + (process.pid % 20_000))
process.env.GRIDMAP_E2E_DATA ??= join(tmpdir(), `gridmap-e2e.${process.pid}`)
// Where specs/base-maps.spec.ts has its tile server, which the service must know when it starts.
process.env.GRIDMAP_E2E_TILES ??= String(40_000 + (process.pid % 20_000))
const port = process.env.GRIDMAP_E2E_PORT
const data = process.env.GRIDMAP_E2E_DATA
const url = given ?? `http://127.0.0.1:${port}`

export default defineConfig({
  testDir: 'specs',
  outputDir: 'screenshots/failed',
  // One at a time: the tests share one service, and a map drawn without a graphics card takes a whole processor.
  workers: 1,
  retries: 0,
  // A map without a graphics card is slow: the ways that many others go too are for make prove.
  ...(process.env.GRIDMAP_PROVE !== '1' && { grepInvert: /@full/ }),
  // A map is idle after about three seconds; ten times that on a machine that is busy with other things.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  use: {
    baseURL: url,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] },
  },
  ...(given === undefined && {
    webServer: {
      command: './serve.sh',
      url: `${url}/readyz`,
      // Nobody is reminded of the township's logs at five o'clock: the tests know what is in an inbox.
      env: { PORT: port, DATA: data, GridMap__WorkLogReminder: '', ...baseMaps(process.env.GRIDMAP_E2E_TILES) },
      timeout: 300_000,
      stdout: 'ignore' as const,
      stderr: 'pipe' as const,
      gracefulShutdown: { signal: 'SIGTERM' as const, timeout: 30_000 },
    },
  }),
})

/** Two base maps of the service that is started here: one that it may show, and one that it must refuse. */
function baseMaps(tiles: string): Record<string, string> {
  const all = [
    { Id: 'e2e', Name: '测试底图', NameEn: 'Test', Url: `http://127.0.0.1:${tiles}/{z}/{x}/{y}?key={key}`, Key: 'e2e-key', Datum: 'wgs84', Attribution: '© E2E' },
    { Id: 'e2e-shifted', Name: '偏移底图', NameEn: 'Shifted', Url: `http://127.0.0.1:${tiles}/{z}/{x}/{y}`, Datum: 'gcj02' },
  ]
  return Object.fromEntries(all.flatMap((map, i) => Object.entries(map).map(([name, value]) => [`GridMap__BaseMaps__${i}__${name}`, value])))
}
