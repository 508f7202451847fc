import vue from '@vitejs/plugin-vue'
import ElementPlus from 'unplugin-element-plus/vite'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import Components from 'unplugin-vue-components/vite'
import { defineConfig } from 'vitest/config'

const service = process.env.GRIDMAP_URL ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [
    vue(),
    ElementPlus({}),
    // Only Element Plus is resolved by name: the project's own components are imported where they are used.
    Components({ dirs: [], dts: 'components.d.ts', resolvers: [ElementPlusResolver()] }),
  ],
  build: {
    outDir: '../GridMap.Api/wwwroot',
    emptyOutDir: true,
    target: 'es2022',
    // Two pages: the viewer, and the resident's, which is small.
    rolldownOptions: { input: { viewer: 'index.html', report: 'report.html' } },
    // MapLibre is one chunk of about 1 MB (290 kB compressed); there is nothing to split in it.
    chunkSizeWarningLimit: 1200,
  },
  // The service takes writes from its own origin only: it must see the host that the browser sees.
  server: { proxy: Object.fromEntries(['/api', '/tiles', '/basemaps'].map((path) => [path, { target: service, changeOrigin: false }])) },
  test: {
    // Spec files that need a page say so in their first line; starting one costs a second each.
    environment: 'node',
    include: ['src/**/*.spec.ts'],
    // What is waited for comes at once on a machine that has nothing else to do.
    expect: { poll: { timeout: 20_000 } },
    server: { deps: { inline: ['element-plus'] } },
  },
})
