const metresRoundEarth = 40_075_016.686
const tileSide = 512

/** A round length that is at most `most` pixels wide at this zoom and latitude, on Web Mercator. */
export function scaleBar(zoom: number, lat: number, most: number): { metres: number; pixels: number } {
  const perPixel = (metresRoundEarth * Math.cos((lat * Math.PI) / 180)) / (tileSide * 2 ** zoom)
  const limit = most * perPixel
  const power = 10 ** Math.floor(Math.log10(limit))
  const metres = power * (limit >= 5 * power ? 5 : limit >= 2 * power ? 2 : 1)
  return { metres, pixels: metres / perPixel }
}

export function lengthText(metres: number): string {
  return metres >= 1000 ? `${metres / 1000} km` : `${metres} m`
}
