/** What the address bar holds: enough to send any view as a link. */
export interface Camera {
  zoom: number
  lat: number
  lon: number
  bearing: number
}

export const panels = ['lookup', 'grid', 'issue', 'issues', 'report', 'about'] as const
export type Panel = (typeof panels)[number]

/** What the map is coloured by: lights, percent done, or issues. */
export const layers = ['light', 'percent', 'issues'] as const
export type Layer = (typeof layers)[number]

/** Screens beside the map, each the whole width: sign-in, one's own things, and the work of the office. */
export const pages = ['signin', 'me', 'worklog', 'issues', 'hotline', 'progress', 'statistics', 'campaigns', 'schedule', 'resources', 'inbox', 'security', 'people', 'staff', 'points', 'categories', 'calendar', 'plans', 'plan', 'surveys', 'accounts', 'keys', 'audit'] as const
export type Page = (typeof pages)[number]

export interface Address {
  camera: Camera | null
  /** The level that the user fixed; null: the one that suits the zoom. */
  level: number | null
  panel: Panel | null
  grid: string | null
  issue: string | null
  /** The place that is asked about or reported. */
  at: { lon: number; lat: number } | null
  /** Null: the newest. */
  campaign: number | null
  /** Null: today, or the last day that anything was logged for. */
  day: string | null
  /** Figures of frozen days: null as they were frozen, now as they are known now. */
  known: 'now' | null
  layer: Layer | null
  /** The survey that the map is coloured by; null: none. */
  survey: number | null
  /** Which of its questions; null: all. */
  question: number | null
  /** The base map under the grids; null: none. */
  base: string | null
  /** The zone that the chosen one stands beside. */
  compare: string | null
  /** The screen on the wall: dark, large, without controls. */
  wall: boolean
  /** Null: the map. */
  page: Page | null
  /** The plan that the planner's screen is about. */
  plan: number | null
  /** Where sign-in goes on to. The name of a page and nothing else, so that no link leads out of here. */
  then: Page | null
  /** What a page's list is narrowed to. */
  filters: Readonly<Record<string, string>>
  lang: string | null
}

export const emptyAddress: Readonly<Address> = Object.freeze({
  camera: null,
  level: null,
  panel: null,
  grid: null,
  issue: null,
  at: null,
  campaign: null,
  day: null,
  known: null,
  layer: null,
  survey: null,
  question: null,
  base: null,
  compare: null,
  wall: false,
  page: null,
  plan: null,
  then: null,
  filters: Object.freeze({}),
  lang: null,
})

/** Reads a query string; whatever is malformed counts as not there. */
export function parseAddress(query: string): Address {
  const params = new URLSearchParams(query)
  const level = Number(params.get('level'))
  const panel = params.get('panel')
  const campaign = Number(params.get('campaign'))
  const plan = Number(params.get('plan'))
  const survey = Number(params.get('survey'))
  const question = Number(params.get('question'))
  const day = params.get('day') ?? ''
  const base = params.get('base') ?? ''
  return {
    camera: parseCamera(params.get('map')),
    level: Number.isInteger(level) && level >= 1 && level <= 6 ? level : null,
    panel: panels.find((name) => name === panel) ?? null,
    grid: params.get('grid') || null,
    issue: params.get('issue') || null,
    at: parseAt(params.get('at')),
    campaign: Number.isInteger(campaign) && campaign > 0 ? campaign : null,
    day: /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day)) ? day : null,
    known: params.get('known') === 'now' ? 'now' : null,
    layer: layers.find((name) => name === params.get('layer')) ?? null,
    survey: Number.isSafeInteger(survey) && survey > 0 ? survey : null,
    question: Number.isInteger(question) && question >= 1 && question <= 30 ? question : null,
    base: /^[a-z0-9-]{1,40}$/.test(base) ? base : null,
    compare: params.get('compare') || null,
    wall: params.get('wall') === '1',
    page: pages.find((name) => name === params.get('page')) ?? null,
    plan: Number.isSafeInteger(plan) && plan > 0 ? plan : null,
    then: pages.find((name) => name === params.get('then')) ?? null,
    filters: parseFilters(params),
    lang: params.get('lang') || null,
  }
}

export function formatAddress(address: Address): string {
  const params: [string, string][] = []
  const { camera, at } = address
  if (camera) {
    const parts = [camera.zoom.toFixed(2), camera.lat.toFixed(5), camera.lon.toFixed(5)]
    if (Math.round(camera.bearing) !== 0) parts.push(camera.bearing.toFixed(0))
    params.push(['map', parts.join('/')])
  }
  if (address.level !== null) params.push(['level', String(address.level)])
  if (address.panel !== null) params.push(['panel', address.panel])
  if (address.grid !== null) params.push(['grid', address.grid])
  if (address.issue !== null) params.push(['issue', address.issue])
  // Nine decimals: what the wire carries; a rounded point could lie on the other side of a border.
  if (at) params.push(['at', `${trim(at.lon)},${trim(at.lat)}`])
  if (address.campaign !== null) params.push(['campaign', String(address.campaign)])
  if (address.day !== null) params.push(['day', address.day])
  if (address.known !== null) params.push(['known', address.known])
  if (address.layer !== null) params.push(['layer', address.layer])
  if (address.survey !== null) params.push(['survey', String(address.survey)])
  if (address.question !== null) params.push(['question', String(address.question)])
  if (address.base !== null) params.push(['base', address.base])
  if (address.compare !== null) params.push(['compare', address.compare])
  if (address.wall) params.push(['wall', '1'])
  if (address.page !== null) params.push(['page', address.page])
  if (address.plan !== null) params.push(['plan', String(address.plan)])
  if (address.then !== null) params.push(['then', address.then])
  for (const [name, value] of Object.entries(address.filters)) if (value !== '') params.push([filterPrefix + name, value])
  if (address.lang !== null) params.push(['lang', address.lang])
  return params.map(([name, value]) => `${name}=${encodeURIComponent(value).replace(/%2F/g, '/').replace(/%2C/g, ',')}`).join('&')
}

/** Filters have names of their pages' own; the prefix keeps them apart from the rest. */
const filterPrefix = 'f.'

function parseFilters(params: URLSearchParams): Record<string, string> {
  return Object.fromEntries([...params].filter(([name, value]) => /^f\.[a-z]+$/i.test(name) && value !== '').map(([name, value]) => [name.slice(filterPrefix.length), value]))
}

function trim(degrees: number): string {
  return String(Number(degrees.toFixed(9)))
}

function parseCamera(text: string | null): Camera | null {
  const [zoom, lat, lon, bearing = 0] = numbers(text, '/')
  if (zoom === undefined || lat === undefined || lon === undefined) return null
  if (zoom < 0 || zoom > 24 || Math.abs(lat) > 85 || Math.abs(lon) > 180) return null
  return { zoom, lat, lon, bearing }
}

function parseAt(text: string | null): Address['at'] {
  const [lon, lat] = numbers(text, ',')
  if (lon === undefined || lat === undefined || Math.abs(lat) > 90 || Math.abs(lon) > 180) return null
  return { lon, lat }
}

function numbers(text: string | null, separator: string): number[] {
  if (!text) return []
  const values = text.split(separator).map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
  return values.every(Number.isFinite) ? values : []
}
