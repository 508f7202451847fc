/** What the address bar holds: enough to send any view as a link. */
export interface Camera {
  zoom: number
  lat: number
  lon: number
  bearing: number
}

export const panels = ['lookup', 'grid', 'issue', 'issues', 'report', 'about'] as const
export type Panel = (typeof panels)[number]

export interface Address {
  camera: Camera | null
  /** The level that the user fixed; null: the one that suits the zoom. */
  level: number | null
  panel: Panel | null
  grid: string | null
  issue: string | null
  /** The place that is asked about or reported. */
  at: { lon: number; lat: number } | null
  lang: string | null
}

export const emptyAddress: Readonly<Address> = Object.freeze({
  camera: null,
  level: null,
  panel: null,
  grid: null,
  issue: null,
  at: null,
  lang: null,
})

/** Reads a query string; whatever is malformed counts as not there. */
export function parseAddress(query: string): Address {
  const params = new URLSearchParams(query)
  const level = Number(params.get('level'))
  const panel = params.get('panel')
  return {
    camera: parseCamera(params.get('map')),
    level: Number.isInteger(level) && level >= 1 && level <= 6 ? level : null,
    panel: panels.find((name) => name === panel) ?? null,
    grid: params.get('grid') || null,
    issue: params.get('issue') || null,
    at: parseAt(params.get('at')),
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
  if (address.lang !== null) params.push(['lang', address.lang])
  return params.map(([name, value]) => `${name}=${encodeURIComponent(value).replace(/%2F/g, '/').replace(/%2C/g, ',')}`).join('&')
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
