const metresPerDegree = 111_320
const corners = 64

/** A circle to draw around a position: what the device says about its own accuracy. Nothing is decided by it. */
export function circle(centre: { lon: number; lat: number }, metres: number): GeoJSON.Feature<GeoJSON.Polygon> {
  const perLon = metresPerDegree * Math.cos((centre.lat * Math.PI) / 180)
  const ring = Array.from({ length: corners + 1 }, (_, i) => {
    const angle = ((i % corners) * 2 * Math.PI) / corners
    return [centre.lon + (metres * Math.cos(angle)) / perLon, centre.lat + (metres * Math.sin(angle)) / metresPerDegree]
  })
  return { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [ring] } }
}
