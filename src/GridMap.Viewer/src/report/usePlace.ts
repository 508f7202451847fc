import { computed, ref, shallowRef } from 'vue'
import { api, take } from '../api/client'
import { isAbort } from '../api/problem'
import type { LookupAnswer, Point } from '../api/types'

export type PlaceState = 'idle' | 'locating' | 'found' | 'insecure' | 'denied' | 'unavailable'

interface Side {
  code: string
  name: string
}

const patience = 12_000
/** Positions worse than this say little about sides of a border. */
const widest = 60

/** Where the problem is: from the phone, from the map, from the sticker; with the grid that the service says it lies in. */
export function usePlace() {
  const state = ref<PlaceState>('idle')
  const point = shallowRef<Point | null>(null)
  const accuracy = ref<number | null>(null)
  const answer = shallowRef<LookupAnswer | null>(null)
  const sides = shallowRef<readonly Side[]>([])
  let turn: AbortController | null = null

  const grid = computed(() => answer.value?.chain.at(-1) ?? null)

  async function ask(): Promise<void> {
    const at = point.value
    if (!at) return
    turn?.abort()
    const mine = (turn = new AbortController())
    answer.value = null
    sides.value = []
    try {
      const found = await take(api.GET('/api/v1/lookup', { params: { query: { lon: at.lon, lat: at.lat, ...(accuracy.value !== null && { accuracy: Math.min(accuracy.value, 1000) }) } }, signal: mine.signal }))
      if (turn !== mine) return
      answer.value = found
      if (accuracy.value !== null && found.candidates.length > 1) sides.value = await named(found.candidates.slice(0, 4).map(({ code }) => code), mine.signal)
    } catch (error) {
      // Without a network the place stands, and the service says later whose it is.
      if (!isAbort(error)) answer.value = null
    }
  }

  async function named(codes: string[], signal: AbortSignal): Promise<Side[]> {
    const found = await Promise.all(codes.map(async (code) => take(api.GET('/api/v1/grids/{code}', { params: { path: { code } }, signal })).catch(() => null)))
    return found.flatMap((each) => (each ? [{ code: each.code, name: each.name }] : []))
  }

  async function put(at: Point, metres: number | null): Promise<void> {
    point.value = at
    accuracy.value = metres
    state.value = 'found'
    await ask()
  }

  function locate(): void {
    if (!isSecureContext || !('geolocation' in navigator)) {
      state.value = 'insecure'
      return
    }
    state.value = 'locating'
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => void put({ lon: coords.longitude, lat: coords.latitude }, Math.round(coords.accuracy)),
      ({ code }) => (state.value = code === 1 ? 'denied' : 'unavailable'),
      { enableHighAccuracy: true, timeout: patience, maximumAge: 10_000 },
    )
  }

  /** The reporter says on which side of a border it is: the nearest place there within the circle, as the service decides. */
  async function choose(code: string): Promise<void> {
    const at = point.value
    if (!at || accuracy.value === null) return
    if (grid.value?.code === code) {
      accuracy.value = null
      return ask()
    }
    const places = around(at, Math.min(accuracy.value, widest))
    const answered = await take(api.POST('/api/v1/lookup/batch', { body: { points: places } as never }))
    const found = typeof answered === 'string' ? undefined : places[answered.codes.indexOf(code)]
    await put(found ? { lon: found[0], lat: found[1] } : at, null)
  }

  return { state, point, accuracy, answer, grid, sides, locate, put, choose }
}

/** Places in a circle, from the inside out. */
export function around({ lon, lat }: Point, metres: number): [lon: number, lat: number][] {
  const perMetre = 1 / 111_320
  const places: [number, number][] = []
  for (let ring = 1; ring <= 12; ring++) {
    for (let i = 0; i < 24; i++) {
      const [angle, radius] = [(i / 24) * 2 * Math.PI, (ring / 12) * metres * perMetre]
      places.push([lon + (Math.cos(angle) * radius) / Math.cos((lat * Math.PI) / 180), lat + Math.sin(angle) * radius])
    }
  }
  return places
}
