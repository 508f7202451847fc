import { onScopeDispose, ref } from 'vue'

/** The present moment, once a second. */
export function useClock() {
  const now = ref(Date.now())
  const timer = setInterval(() => (now.value = Date.now()), 1_000)
  onScopeDispose(() => clearInterval(timer))
  return now
}
