import { gpx, kml } from '@tmcw/togeojson'
import { shallowRef } from 'vue'

/** A planner's own file under the drawing. It stays in the browser: nothing of it is sent anywhere or becomes part of the plan. */
export interface Reference {
  name: string
  features: readonly GeoJSON.Feature[]
}

export const mostBytes = 20 * 1024 * 1024

/** Why a file could not be shown; its key under `planner.referenceProblem`. */
export type ReferenceProblem = 'large' | 'unreadable' | 'empty'

/** Features of a GeoJSON, KML or GPX file, in degrees as these formats have them. Throws the problem. */
export function readReference(name: string, text: string): Reference {
  const features = featuresOf(name, text).filter(({ geometry }) => geometry !== null)
  if (features.length === 0) throw 'empty' satisfies ReferenceProblem
  return { name, features }
}

function featuresOf(name: string, text: string): GeoJSON.Feature[] {
  try {
    if (/\.(kml|gpx)$/i.test(name)) {
      const document = new DOMParser().parseFromString(text, 'text/xml')
      if (document.querySelector('parsererror')) throw new SyntaxError(name)
      return (/\.kml$/i.test(name) ? kml : gpx)(document).features.filter((feature): feature is GeoJSON.Feature => feature.geometry !== null)
    }
    const json = JSON.parse(text) as GeoJSON.GeoJSON
    if (json.type === 'FeatureCollection') return json.features
    return json.type === 'Feature' ? [json] : [{ type: 'Feature', properties: {}, geometry: json }]
  } catch {
    throw 'unreadable' satisfies ReferenceProblem
  }
}

/** The one that is shown. */
export function useReference() {
  const reference = shallowRef<Reference | null>(null)
  const problem = shallowRef<ReferenceProblem | null>(null)

  async function take(file: File): Promise<void> {
    problem.value = null
    try {
      if (file.size > mostBytes) throw 'large' satisfies ReferenceProblem
      reference.value = readReference(file.name, await file.text())
    } catch (error) {
      problem.value = error === 'large' || error === 'empty' ? error : 'unreadable'
    }
  }

  function show(now: Reference | null): void {
    problem.value = null
    reference.value = now
  }

  return { reference, problem, take, show, clear: () => show(null) }
}
