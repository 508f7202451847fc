import { Marker, type GeoJSONSource, type Map as MapLibre } from 'maplibre-gl'
import { onScopeDispose, watch } from 'vue'
import { issueStates } from '../issues/counts'
import { markSvg } from '../issues/issueMarks'
import { useIssues, type IssueMark } from '../issues/useIssues'
import { markName } from './issueLayers'
import { calm } from './useCamera'

/** The marks are drawn at this many device pixels per pixel: crisp on any screen. */
const pixelRatio = 3
const pulseMilliseconds = 1_600

/** Draws the issues' images and keeps the points; a new report pulses once where it is. */
export async function addIssueImages(map: MapLibre): Promise<void> {
  const draw = async (name: string, svg: string) => {
    const image = new Image(24 * pixelRatio, 24 * pixelRatio)
    image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`
    await image.decode()
    if (!map.hasImage(name)) map.addImage(name, image, { pixelRatio })
  }
  const wanted = issueStates.flatMap((state) => [false, true].map((overdue) => ({ state, overdue })))
  await Promise.all(wanted.map(({ state, overdue }) => draw(markName(state, overdue), markSvg(state, overdue, 24 * pixelRatio))))
}

export function useIssuePoints(map: MapLibre): void {
  const { marks, shown, arrived } = useIssues()
  const pulses = new Set<Marker>()

  watch(
    [marks, shown] as const,
    () => {
      const features = [...marks.value.values()].filter((mark) => shown[mark.state]).map(feature)
      map.getSource<GeoJSONSource>('issues')?.setData({ type: 'FeatureCollection', features })
    },
    { immediate: true, deep: 1 },
  )

  watch(arrived, (event) => {
    if (!event || event.transition !== 'report' || calm()) return
    const element = document.createElement('div')
    element.className = 'issue-pulse'
    const marker = new Marker({ element }).setLngLat([event.point.lon, event.point.lat]).addTo(map)
    pulses.add(marker)
    setTimeout(() => {
      marker.remove()
      pulses.delete(marker)
    }, pulseMilliseconds)
  })

  onScopeDispose(() => {
    for (const marker of pulses) marker.remove()
  })
}

function feature(mark: IssueMark): GeoJSON.Feature<GeoJSON.Point> {
  return {
    type: 'Feature',
    properties: { number: mark.number, category: mark.category, state: mark.state, overdue: mark.overdue },
    geometry: { type: 'Point', coordinates: [mark.point.lon, mark.point.lat] },
  }
}
