import { createServer, type Server } from 'node:http'
import { deflateSync } from 'node:zlib'

/** A server of tiles beside the service: every tile is one colour. What it was asked for can be looked at. */
export class TileServer {
  readonly asked: string[] = []
  private server: Server | undefined

  constructor(readonly colour: readonly [number, number, number]) {}

  async start(port: number): Promise<this> {
    const tile = picture(this.colour)
    this.server = createServer((request, response) => {
      this.asked.push(request.url ?? '')
      response.writeHead(200, { 'content-type': 'image/png' }).end(tile)
    })
    await new Promise<void>((resolve, reject) => this.server?.once('error', reject).listen(port, '127.0.0.1', resolve))
    return this
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections()
    await new Promise((resolve) => this.server?.close(resolve))
  }
}

const size = 256

/** A PNG of one colour. */
function picture([r, g, b]: readonly [number, number, number]): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([8, 2], 8)
  const row = Buffer.from([0, ...Array.from({ length: size }, () => [r, g, b]).flat()])
  const rows = Buffer.concat(Array.from({ length: size }, () => row))
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc(body), body.length + 4)
  return framed
}

function crc(bytes: Buffer): number {
  let value = 0xffffffff
  for (const byte of bytes) {
    value ^= byte
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  }
  return ~value >>> 0
}
