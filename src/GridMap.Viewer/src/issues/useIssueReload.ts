import { onScopeDispose } from 'vue'
import { useEvents } from '../events/useEvents'

/** Reloads once the issues have been quiet for a while: one request for a burst of changes. */
export function useIssueReload(reload: () => unknown, quiet: number): void {
  const events = useEvents()
  let timer: ReturnType<typeof setTimeout> | undefined
  events.on('issue', () => {
    clearTimeout(timer)
    timer = setTimeout(() => void reload(), quiet)
  })
  onScopeDispose(() => clearTimeout(timer))
}
