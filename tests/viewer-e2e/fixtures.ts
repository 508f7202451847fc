import { test as base, expect } from '@playwright/test'
import { MapPage } from './MapPage'
import { PeoplePage } from './PeoplePage'
import { PlannerDesk } from './PlannerDesk'
import { Service } from './service'

/** Every test gets the map, the pages beside it and the service, and fails if the page complained. */
export const test = base.extend<{ map: MapPage; people: PeoplePage; desk: PlannerDesk; service: Service }>({
  service: async ({ baseURL }, use) => {
    await use(new Service(baseURL ?? ''))
  },
  people: async ({ page }, use) => {
    const people = new PeoplePage(page)
    await use(people)
    expect(people.complaints).toEqual([])
  },
  desk: async ({ page, people }, use) => {
    await use(new PlannerDesk(page, people))
  },
  map: async ({ page }, use) => {
    const map = new MapPage(page)
    await use(map)
    expect(map.complaints).toEqual([])
  },
})

export { expect }
