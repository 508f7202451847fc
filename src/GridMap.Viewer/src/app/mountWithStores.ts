import { flushPromises, mount } from '@vue/test-utils'
import { effectScope, type Component } from 'vue'
import { vi } from 'vitest'
import type { Settings } from '../api/types'
import { provideStores } from './provideStores'

/** For spec files: mounts a component among the real stores, with a service that gives prepared answers. */
export const settings: Settings = {
  title: 'Grids',
  titleEn: 'Grids',
  timeZone: 'Asia/Shanghai',
  generation: 1,
  levels: [
    { level: 1, name: 'L1', nameEn: 'Town', grids: 1 },
    { level: 2, name: 'L2', nameEn: 'Village', grids: 4 },
  ],
  bbox: [113, 22, 113.1, 22.1],
  mapApproval: '',
  reportingOpen: true,
  demonstration: false,
  context: false,
  baseMaps: [],
  publicMap: true,
  signedIn: false,
}

const none = { reported: 0, claimed: 0, rectified: 0, writtenOff: 0, overdue: 0 }
const usual: Record<string, unknown> = {
  '/api/v1/settings': settings,
  '/api/v1/categories': { items: [] },
  '/api/v1/campaigns': { items: [], next: null },
  '/api/v1/issues': { items: [], next: null },
  '/api/v1/issues/counts': { asOf: '2026-05-01T00:00:00Z', generation: 1, items: [], outside: none, total: none },
}

class SilentSource extends EventTarget {
  readonly readyState = 0
  close(): void {}
}

/** `answers` by path; a function is given the URL, a Response is the answer itself. What is not prepared is a 404. `asked` lists the URLs in order. */
export async function mountWithStores(component: Component, props: Record<string, unknown>, answers: Record<string, unknown> = {}, query = '?lang=en') {
  history.replaceState(null, '', `/${query}`)
  const asked: URL[] = []
  vi.stubGlobal('EventSource', SilentSource)
  vi.stubGlobal('fetch', async (request: Request) => {
    const url = new URL(request.url)
    asked.push(url)
    const prepared = answers[url.pathname] ?? usual[url.pathname]
    const body: unknown = typeof prepared === 'function' ? prepared(url) : prepared
    if (body instanceof Response) return body
    return body === undefined ? Response.json({ title: 'Not found', status: 404, code: 'not_found' }, { status: 404 }) : Response.json(body)
  })
  const scope = effectScope()
  const wrapper = mount(component, { props, attachTo: document.body, global: { plugins: [(app) => scope.run(() => provideStores(app))] } })
  await flushPromises()
  return {
    wrapper,
    asked,
    end() {
      wrapper.unmount()
      scope.stop()
      vi.unstubAllGlobals()
    },
  }
}
