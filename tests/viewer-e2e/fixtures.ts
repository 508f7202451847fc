import { test as base, expect } from '@playwright/test'
import { MapPage } from './MapPage'
import { Service } from './service'

/** Every test gets the map and the service, and fails if the page complained. */
export const test = base.extend<{ map: MapPage; service: Service }>({
  service: async ({ baseURL }, use) => {
    await use(new Service(baseURL ?? ''))
  },
  map: async ({ page }, use) => {
    const map = new MapPage(page)
    await use(map)
    expect(map.complaints).toEqual([])
  },
})

export { expect }
