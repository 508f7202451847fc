import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import { expect, test } from '../fixtures'

interface TileJson {
  tiles: [string]
  bounds: [number, number, number, number]
  maxzoom: number
  vector_layers: { id: string; minzoom: number }[]
}

/** The tile of a zoom in the middle of the bounds. */
function middle([west, south, east, north]: TileJson['bounds'], z: number): { x: number; y: number } {
  const latitude = ((south + north) / 2) * (Math.PI / 180)
  return {
    x: Math.floor(((west + east) / 2 / 360 + 0.5) * 2 ** z),
    y: Math.floor((0.5 - Math.asinh(Math.tan(latitude)) / (2 * Math.PI)) * 2 ** z)
  }
}

/** Whether a ring is closed, has three corners or more, and lies within the tile's buffer. */
function isRing(ring: { x: number; y: number }[]): boolean {
  const [first, last] = [ring[0], ring.at(-1)]
  const isInside = ring.every(({ x, y }) => Math.min(x, y) >= -64 && Math.max(x, y) <= 4160)
  return ring.length > 3 && first?.x === last?.x && first?.y === last?.y && isInside
}

test('tiles are read by the decoder that browsers use: layers from their zoom on, properties, closed rings within the buffer', async ({ service }) => {
  const tileset = await service.get<TileJson>('/tiles/grids.json')
  const faults: string[] = []
  let polygons = 0
  for (let z = 0; z <= tileset.maxzoom; z++) {
    const { x, y } = middle(tileset.bounds, z)
    const address = tileset.tiles[0].replace('{z}', `${z}`).replace('{x}', `${x}`).replace('{y}', `${y}`)
    const answer = await fetch(address)
    expect(answer.status).toBe(200)
    const { layers } = new VectorTile(new PbfReader(await answer.arrayBuffer()))
    for (const { id, minzoom } of tileset.vector_layers.filter((layer) => layer.id.startsWith('grids-'))) {
      const layer = layers[id]
      if ((layer !== undefined) !== z >= minzoom) faults.push(`${id} on zoom ${z}`)
      for (let i = 0; i < (layer?.length ?? 0); i++) {
        const feature = layer!.feature(i)
        const { code, name, level } = feature.properties
        const isTold = feature.id! > 0 && code !== undefined && name !== undefined && `grids-${level}` === id
        if (!isTold || !feature.loadGeometry().every(isRing)) faults.push(`${code} on zoom ${z}`)
        polygons++
      }
    }
  }
  expect(faults).toEqual([])
  expect(polygons).toBeGreaterThan(tileset.maxzoom)
})
