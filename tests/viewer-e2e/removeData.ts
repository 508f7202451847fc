import { rmSync } from 'node:fs'

/** The folder of the service that these tests started; the service itself has been stopped before this runs. */
export default function removeData(): void {
  const data = process.env.GRIDMAP_E2E_DATA
  if (data) rmSync(data, { recursive: true, force: true })
}
