import type { LayerSpecification, StyleSpecification } from 'maplibre-gl'

export const night = { ground: '#0f1726', built: '#151f33', green: '#13262b', water: '#17304d', waterLine: '#24486e', road: '#3a4a66', line: '#e6ecf5', name: '#8fa5c4' } as const
const halo = 'rgba(9,14,24,0.85)'
export const wallInk = '#ffffff'

/** What is dark by night, by the beginning of a layer's name; the data keep the colours that they have by day. */
const overrides: readonly [RegExp, Record<string, unknown>][] = [
  [/^paper$/, { 'background-color': night.ground }],
  [/^context-frame$/, { 'line-color': night.ground }],
  [/^context-built$/, { 'fill-color': night.built }],
  [/^context-green$/, { 'fill-color': night.green }],
  [/^context-water(-over)?$/, { 'fill-color': night.water }],
  [/^context-(water|river)-edge$/, { 'line-color': night.waterLine }],
  [/^context-river$/, { 'line-color': night.water }],
  [/^context-road-casing$/, { 'line-color': night.ground }],
  [/^context-(road|rail)$/, { 'line-color': night.road }],
  [/^context-(line|area)-name$/, { 'text-color': night.name, 'text-halo-color': halo }],
  [/^grid-border-/, { 'line-color': night.line }],
  [/^grid-label-/, { 'text-color': wallInk, 'text-halo-color': halo }],
]

/** The map's style on the dark ground of the wall. */
export function wallStyle(style: StyleSpecification): StyleSpecification {
  const layers = style.layers.map((layer) => {
    const paint = overrides.find(([name]) => name.test(layer.id))?.[1]
    return (paint ? { ...layer, paint: { ...layer.paint, ...paint } } : layer) as LayerSpecification
  })
  return { ...style, layers }
}
