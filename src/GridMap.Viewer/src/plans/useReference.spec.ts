// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { readReference } from './useReference'

const line = { type: 'LineString', coordinates: [[113, 23], [113.1, 23]] }

test('GeoJSON of any kind is features', () => {
  expect(readReference('a.geojson', JSON.stringify(line)).features).toHaveLength(1)
  expect(readReference('a.json', JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', properties: {}, geometry: line }] })).features[0]?.geometry).toEqual(line)
})

test('KML is read as lines and places', () => {
  const text = '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>n</name><LineString><coordinates>113,23 113.1,23</coordinates></LineString></Placemark></Document></kml>'
  expect(readReference('road.kml', text).features[0]?.geometry).toEqual(line)
})

test('what is not one of them says so', () => {
  expect(() => readReference('a.geojson', '{')).toThrowError()
  expect(() => readReference('a.geojson', '{"type":"FeatureCollection","features":[]}')).toThrowError()
})
