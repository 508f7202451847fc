import type { Map as MapLibre } from 'maplibre-gl'
import { patternName } from './battleLayers'
import { patternInk, patterned, type Patterned } from './lights'

const side = 12
const pixelRatio = 2

/** Draws one tile of a pattern; it repeats without a seam. */
export function drawPattern(light: Patterned, context: CanvasRenderingContext2D, size: number): void {
  context.clearRect(0, 0, size, size)
  context.fillStyle = context.strokeStyle = patternInk[light]
  if (light === 'red') {
    context.lineWidth = size / 5
    context.beginPath()
    for (const shift of [-size, 0, size]) {
      context.moveTo(shift - size * 0.25, size * 1.25)
      context.lineTo(shift + size * 1.25, -size * 0.25)
    }
    context.stroke()
    return
  }
  context.beginPath()
  for (const [x, y] of [[0.25, 0.25], [0.75, 0.75]] as const) {
    context.moveTo(x * size + size / 9, y * size)
    context.arc(x * size, y * size, size / 9, 0, 2 * Math.PI)
  }
  context.fill()
}

/** The map's pattern images, made on a canvas: there is no sprite to load. */
export function addLightPatterns(map: MapLibre): void {
  const size = side * pixelRatio
  for (const light of patterned) {
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = size
    const context = canvas.getContext('2d')
    if (!context || map.hasImage(patternName(light))) continue
    drawPattern(light, context, size)
    map.addImage(patternName(light), context.getImageData(0, 0, size, size), { pixelRatio })
  }
}
