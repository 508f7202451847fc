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

export interface Campaign {
  id: number
  from: string
  to: string
  today: string
  lastLog: string | null
  zoneLevel: number
}

export interface Progress {
  on: string
  workday: boolean
  rows: { code: string; light: string; percent: number | null; loggedZones: number }[]
  total: { percent: number | null; headCount: number }
}

const dayBefore = (day: string): string => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)

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

  /** The first campaign's figures of a level, the worst first; without a day, those that the map opens with. */
  async progress(level: number, on?: string): Promise<Progress> {
    const campaign = await this.campaign()
    return this.get(`/api/v1/campaigns/${campaign.id}/progress?level=${level}&on=${on ?? campaign.lastLog ?? campaign.today}`)
  }

  async campaign(): Promise<Campaign> {
    const [campaign] = (await this.get<{ items: Campaign[] }>('/api/v1/campaigns')).items
    if (!campaign) throw new Error('The demonstration has no campaign')
    return campaign
  }

  /** The last workday that was logged for. */
  async lastWorkday(): Promise<string> {
    const { from, lastLog, today } = await this.campaign()
    for (let day = lastLog ?? today; day >= from; day = dayBefore(day)) if ((await this.progress(1, day)).workday) return day
    throw new Error('There is no workday')
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
