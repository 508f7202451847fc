import { expect, test } from 'vitest'
import { frameOf } from './useContext'

const feature = (geometry: GeoJSON.Geometry): GeoJSON.Feature => ({ type: 'Feature', properties: {}, geometry })

test('the frame goes round points, lines and areas alike', () => {
  const frame = frameOf({
    type: 'FeatureCollection',
    features: [feature({ type: 'LineString', coordinates: [[1, 5], [3, 4]] }), feature({ type: 'MultiPolygon', coordinates: [[[[2, 7], [2, 8], [0, 7], [2, 7]]]] })],
  })
  expect(frame.geometry.coordinates).toEqual([[0, 4], [3, 4], [3, 8], [0, 8], [0, 4]])
})

test('nothing has no frame', () => {
  expect(frameOf({ type: 'FeatureCollection', features: [] }).geometry.coordinates).toEqual([])
})
