import { spawn, type ChildProcess } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
/** The first start loads the demonstration, on a machine that is busy with other things. */
const patience = 240_000

/** A service of a test's own, which it may stop and start again on the same data. */
export class OwnService {
  private process: ChildProcess | null = null

  private constructor(
    private readonly port: number,
    private readonly data: string,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  static async start(): Promise<OwnService> {
    const service = new OwnService(await freePort(), join(tmpdir(), `gridmap-own.${process.pid}`))
    await service.again()
    return service
  }

  async again(): Promise<void> {
    const started = spawn('scripts/run.sh', { cwd: root, stdio: 'ignore', env: { ...process.env, PORT: String(this.port), DATA: this.data, DEMO: '1' } })
    this.process = started
    for (const end = Date.now() + patience; Date.now() < end; ) {
      if (started.exitCode !== null) throw new Error(`The service ended by itself with ${started.exitCode}`)
      if (await this.isReady()) return
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
    throw new Error('The service did not become ready')
  }

  async stop(): Promise<void> {
    const stopped = this.process
    if (!stopped || stopped.exitCode !== null) return
    const ended = new Promise((resolve) => stopped.once('exit', resolve))
    stopped.kill('SIGTERM')
    await ended
  }

  async end(): Promise<void> {
    await this.stop()
    await rm(this.data, { recursive: true, force: true })
  }

  private async isReady(): Promise<boolean> {
    return fetch(`${this.url}/readyz`).then(
      (response) => response.ok,
      () => false,
    )
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('No port'))))
    })
  })
}
