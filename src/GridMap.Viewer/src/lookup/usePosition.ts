import { ref, shallowRef } from 'vue'
import { defineShared } from '../app/defineShared'

type PositionProblem = 'denied' | 'unavailable' | 'insecure'

interface Position {
  lon: number
  lat: number
  accuracy: number
}

/** Where the device says it is. Browsers tell it only to pages served over https (or from this very machine). */
export const [providePosition, usePosition] = defineShared('position', () => {
  const last = shallowRef<Position | null>(null)
  const asking = ref(false)
  const problem = ref<PositionProblem | null>(null)

  async function locate(): Promise<Position | null> {
    problem.value = null
    if (!globalThis.isSecureContext || !('geolocation' in navigator)) {
      problem.value = 'insecure'
      return null
    }
    asking.value = true
    try {
      const { coords } = await new Promise<GeolocationPosition>((resolve, reject) =>
        navigator.geolocation.getCurrentPosition(resolve, reject, { enableHighAccuracy: true, timeout: 10_000, maximumAge: 15_000 }),
      )
      last.value = { lon: coords.longitude, lat: coords.latitude, accuracy: coords.accuracy }
      return last.value
    } catch (error) {
      problem.value = (error as GeolocationPositionError).code === 1 ? 'denied' : 'unavailable'
      return null
    } finally {
      asking.value = false
    }
  }

  /** The accuracy in metres if this place is where the device was; null for a place that somebody pointed at. */
  function accuracyAt(place: { lon: number; lat: number }): number | null {
    const position = last.value
    return position && position.lon === place.lon && position.lat === place.lat ? position.accuracy : null
  }

  return { asking, problem, locate, accuracyAt }
})
