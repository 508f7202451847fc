import { layers, namedFlavor, type Flavor } from '@protomaps/basemaps'
import type { BaseMap } from '../api/types'
import { ground } from '../map/palette'
import { sameOrigin } from '../map/sameOrigin'
import { night } from '../wall/wallStyle'
import type { Ground } from './groundLayers'

/** Vector tiles in the Protomaps schema. Loaded only when such a base map is chosen. */
const source = 'base-streets'

const roads = ['other', 'minor_service', 'minor_a', 'minor_b', 'link', 'major', 'highway', 'bridges_other', 'bridges_minor', 'bridges_link', 'bridges_major', 'bridges_highway', 'tunnel_other', 'tunnel_minor', 'tunnel_link', 'tunnel_major', 'tunnel_highway'] as const
const casings = ['minor_service_casing', 'minor_casing', 'link_casing', 'major_casing_early', 'major_casing_late', 'highway_casing_early', 'highway_casing_late', 'bridges_other_casing', 'bridges_minor_casing', 'bridges_link_casing', 'bridges_major_casing', 'bridges_highway_casing', 'tunnel_other_casing', 'tunnel_minor_casing', 'tunnel_link_casing', 'tunnel_major_casing', 'tunnel_highway_casing'] as const
const greens = ['park_a', 'park_b', 'wood_a', 'wood_b', 'scrub_a', 'scrub_b', 'zoo'] as const
const plain = ['hospital', 'school', 'industrial', 'military', 'aerodrome', 'pedestrian', 'beach', 'sand', 'glacier', 'pier', 'buildings', 'runway'] as const

const all = (names: readonly (keyof Flavor)[], colour: string): Partial<Flavor> => Object.fromEntries(names.map((name) => [name, colour]))

/** The library's layers in the colours of our own ground: pale paper by day, dark by night. */
function flavour(dark: boolean): Flavor {
  const { paper, water, green, built, road, casing, rail, border } = dark
    ? { paper: night.ground, water: night.water, green: night.green, built: night.built, road: night.road, casing: night.ground, rail: night.road, border: night.name }
    : { paper: ground.paper, water: ground.water, green: ground.green, built: ground.built, road: ground.road, casing: ground.roadCasing, rail: ground.rail, border: ground.rail }
  return {
    ...namedFlavor(dark ? 'black' : 'white'),
    ...all(roads, road),
    ...all(casings, casing),
    ...all(greens, green),
    ...all(plain, built),
    background: paper,
    earth: paper,
    water,
    railway: rail,
    boundaries: border,
  }
}

/** Without names: there is no glyph server, and the grids' own names are the ones to be read. */
export function streetGround(map: BaseMap, dark: boolean, origin?: string): Ground {
  const url = map.layers[0]?.url ?? ''
  return {
    sources: { [source]: { type: 'vector', url: `pmtiles://${sameOrigin(url, origin)}` } },
    layers: layers(source, flavour(dark))
      .filter(({ type }) => type !== 'symbol')
      .map((layer) => ({ ...layer, id: `base-${layer.id}` })),
  }
}
