/** The service as a program speaks to it: what the tests hold the screen against. */
export interface Place {
  lon: number
  lat: number
}

interface GridItem {
  id: number
  code: string
  name: string
  level: number
  bbox: [number, number, number, number]
  center: Place
}

interface LookupAnswer {
  match: string
  chain: { level: number; code: string; name: string }[]
  borderDistance: number | null
}

export class Service {
  constructor(readonly url: string) {}

  async get<T>(path: string): Promise<T> {
    const response = await fetch(new URL(path, this.url))
    if (!response.ok) throw new Error(`${response.status} ${path}`)
    return (await response.json()) as T
  }

  async grids(level: number): Promise<GridItem[]> {
    return (await this.get<{ items: GridItem[] }>(`/api/v1/grids?level=${level}&limit=1000`)).items
  }

  lookup({ lon, lat }: Place): Promise<LookupAnswer> {
    return this.get(`/api/v1/lookup?lon=${lon}&lat=${lat}`)
  }

  async total(): Promise<number> {
    const { total } = await this.get<{ total: Record<string, number> }>('/api/v1/issues/counts')
    return (total['reported'] ?? 0) + (total['claimed'] ?? 0) + (total['rectified'] ?? 0) + (total['writtenOff'] ?? 0)
  }

  issue(number: string): Promise<{ point: Place; state: string; grid: string | null; category: string }> {
    return this.get(`/api/v1/issues/${number}`)
  }

  /** A place well inside an innermost grid, with no open issue near it: what is clicked there means the place itself. */
  async quietPlace(from = 0): Promise<Place> {
    const innermost = (await this.get<{ levels: { level: number }[] }>('/api/v1/settings')).levels.at(-1)?.level ?? 1
    for (const grid of (await this.grids(innermost)).slice(from)) {
      const { lon, lat } = grid.center
      const { match, borderDistance } = await this.lookup(grid.center)
      if (match !== 'interior' || (borderDistance ?? 0) < 20) continue
      const box = [lon - 0.002, lat - 0.002, lon + 0.002, lat + 0.002].join(',')
      const { items } = await this.get<{ items: { state: string }[] }>(`/api/v1/issues?bbox=${box}&limit=1000`)
      if (items.every(({ state }) => state === 'writtenOff')) return grid.center
    }
    throw new Error('The demonstration has no quiet place')
  }
}
