import { drawPattern } from '../campaigns/lightPatterns'
import { lengthText } from './scaleBar'

/** A box of the legend: a colour, with the hatch or dots of a light. */
export interface LegendEntry {
  colour: string
  pattern?: 'red' | 'yellow'
  text: string
}

export interface ViewText {
  title: string
  day: string
  note: string
  legend: readonly LegendEntry[]
  scale: { metres: number; pixels: number }
  /** Degrees clockwise that the map is turned by. */
  bearing: number
  /** Whom the base map is from; may be empty. */
  credit: string
}

const head = 64
const foot = 48
const faces = "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif"

/** The map with its title above and its legend below, as one picture of the map's own resolution. */
export function drawView(map: HTMLCanvasElement, scale: number, text: ViewText): HTMLCanvasElement {
  const sheet = document.createElement('canvas')
  sheet.width = map.width
  sheet.height = map.height + (head + foot) * scale
  const context = sheet.getContext('2d')
  if (!context) throw new Error('There is no canvas to draw on')
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, sheet.width, sheet.height)
  context.drawImage(map, 0, head * scale)
  context.scale(scale, scale)
  const width = sheet.width / scale
  const base = head + map.height / scale
  context.textBaseline = 'middle'
  write(context, text.title, 20, head / 2, `600 24px ${faces}`, '#1f2429', 'left')
  write(context, text.day, width - 20, head / 2, `16px ${faces}`, '#1f2429', 'right')
  if (text.credit) stamp(context, text.credit, width, base)
  let x = 20
  for (const { colour, pattern, text: name } of text.legend) {
    context.fillStyle = colour
    context.fillRect(x, base + 15, 18, 18)
    if (pattern) context.drawImage(tile(pattern, scale), x, base + 15, 18, 18)
    write(context, name, x + 24, base + foot / 2, `14px ${faces}`, '#1f2429', 'left')
    x += 24 + context.measureText(name).width + 18
  }
  write(context, text.note, width - 20, base + foot / 2, `12px ${faces}`, '#565d64', 'right')
  drawNorth(context, 34, base - 58, text.bearing)
  drawScale(context, 64, base - 24, text.scale)
  return sheet
}

/** An arrow to the north on a pale ground, as on the screen. */
function drawNorth(context: CanvasRenderingContext2D, x: number, y: number, bearing: number): void {
  context.save()
  context.translate(x, y)
  context.rotate((-bearing * Math.PI) / 180)
  for (const [points, colour] of [[[0, -10, 10, 22, 0, 15, -10, 22], '#ffffff'], [[0, -10, 10, 22, 0, 15], '#1f2429']] as const) {
    context.beginPath()
    for (let i = 0; i < points.length; i += 2) context.lineTo(points[i] ?? 0, points[i + 1] ?? 0)
    context.closePath()
    context.fillStyle = colour
    context.fill()
    context.strokeStyle = '#1f2429'
    context.lineWidth = 1
    context.stroke()
  }
  write(context, 'N', 0, -20, `700 14px ${faces}`, '#1f2429', 'center')
  context.restore()
}

function drawScale(context: CanvasRenderingContext2D, x: number, y: number, { metres, pixels }: ViewText['scale']): void {
  context.fillStyle = 'rgba(255,255,255,0.8)'
  context.fillRect(x - 4, y - 20, pixels + 8, 26)
  context.strokeStyle = '#1f2429'
  context.lineWidth = 2
  context.beginPath()
  context.moveTo(x, y - 6)
  context.lineTo(x, y)
  context.lineTo(x + pixels, y)
  context.lineTo(x + pixels, y - 6)
  context.stroke()
  write(context, lengthText(metres), x + pixels / 2, y - 9, `12px ${faces}`, '#1f2429', 'center')
}

/** In the map's lower right corner, where it stays when somebody cuts the legend off. */
function stamp(context: CanvasRenderingContext2D, text: string, right: number, bottom: number): void {
  const font = `12px ${faces}`
  context.font = font
  const width = context.measureText(text).width + 12
  context.fillStyle = 'rgba(255,255,255,0.82)'
  context.fillRect(right - width, bottom - 20, width, 20)
  write(context, text, right - 6, bottom - 10, font, '#565d64', 'right')
}

function tile(pattern: 'red' | 'yellow', scale: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = Math.round(18 * scale)
  const context = canvas.getContext('2d')
  if (context) drawPattern(pattern, context, canvas.width)
  return canvas
}

function write(context: CanvasRenderingContext2D, text: string, x: number, y: number, font: string, colour: string, align: CanvasTextAlign): void {
  context.font = font
  context.fillStyle = colour
  context.textAlign = align
  context.fillText(text, x, y)
}
