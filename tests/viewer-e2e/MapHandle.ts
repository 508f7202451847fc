/** What the tests use of MapLibre's map, which the element of the map carries. */
export interface MapHandle {
  jumpTo(camera: { center: [number, number]; zoom: number }): void
  once(event: string, listener: () => void): void
  triggerRepaint(): void
  getContainer(): HTMLElement
  getStyle(): { layers: { id: string; type: string; layout?: { visibility?: string } }[] }
  querySourceFeatures(source: string, options: { sourceLayer: string }): { id: number; properties: { code: string } }[]
  getFeatureState(feature: { source: string; sourceLayer: string; id: number }): { light?: string | null; percent?: number | null }
  queryRenderedFeatures(
    box: [[number, number], [number, number]],
    options: { layers: string[] },
  ): { id?: number; layer: { id: string }; properties: { code?: string; name?: string; cluster_id?: number } }[]
}
