import { onScopeDispose } from 'vue'
import { useEvents, type DutyChanged } from '../events/useEvents'

/** The event comes with the term's own transaction; what the map answers from follows some tenths of a second later. */
const following = 1_000

/** Tells when what the map says of responsible people may be old; `concerns` leaves out what is about other grids. */
export function useDutyChanges(reload: () => Promise<void>, concerns: (event: DutyChanged) => boolean = () => true): void {
  const { on } = useEvents()
  let timer: ReturnType<typeof setTimeout> | undefined
  on('duty', (event) => {
    if (!concerns(event)) return
    clearTimeout(timer)
    timer = setTimeout(() => void reload(), following)
  })
  onScopeDispose(() => clearTimeout(timer))
}
