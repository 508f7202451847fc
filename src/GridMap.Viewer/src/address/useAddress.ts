import { onScopeDispose, reactive, readonly } from 'vue'
import { defineShared } from '../app/defineShared'
import { formatAddress, parseAddress, type Address } from './address'

type Listener = () => void

/**
 * The address bar as state. `go` makes a step that the back button undoes; `adjust` corrects the present one
 * (the camera while it moves, the language). `onReturn` tells of back and forward, and of nothing else.
 */
export const [provideAddress, useAddress] = defineShared('address', () => {
  const state = reactive<Address>(parseAddress(location.search))
  const listeners = new Set<Listener>()

  const url = () => {
    const query = formatAddress(state)
    return query ? `?${query}` : location.pathname
  }

  function go(step: Partial<Address>): void {
    const before = formatAddress(state)
    // Two zones are side by side as long as the first one stays chosen.
    Object.assign(state, 'grid' in step && { compare: null }, step)
    if (formatAddress(state) !== before) history.pushState(null, '', url())
  }

  function adjust(step: Partial<Address>): void {
    Object.assign(state, step)
    history.replaceState(null, '', url())
  }

  function returned(): void {
    Object.assign(state, parseAddress(location.search))
    for (const listener of listeners) listener()
  }

  function onReturn(listener: Listener): void {
    listeners.add(listener)
    onScopeDispose(() => listeners.delete(listener))
  }

  addEventListener('popstate', returned)
  onScopeDispose(() => removeEventListener('popstate', returned))
  return { state: readonly(state), go, adjust, onReturn }
})
