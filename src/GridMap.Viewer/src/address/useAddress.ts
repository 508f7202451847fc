import { onScopeDispose, reactive, readonly } from 'vue'
import { defineShared } from '../app/defineShared'
import { formatAddress, parseAddress, type Address } from './address'
import { stepOfPath } from './stepOfPath'

type Listener = () => void

/**
 * The address bar as state. `go` makes a step that the back button undoes; `adjust` corrects the present one
 * (the camera while it moves, the language). `onReturn` tells of back and forward, and of nothing else.
 */
export const [provideAddress, useAddress] = defineShared('address', () => {
  // A path such as /grids/58/people, as messages carry it, is another word for a query.
  const arrived = stepOfPath(location.pathname)
  const state = reactive<Address>({ ...parseAddress(location.search), ...arrived })
  const listeners = new Set<Listener>()

  const url = () => {
    const query = formatAddress(state)
    return query ? `/?${query}` : '/'
  }

  function go(step: Partial<Address>): void {
    const before = formatAddress(state)
    // Two zones are side by side as long as the first one stays chosen; a panel is beside the map, not beside a page.
    const follows = { ...('grid' in step && { compare: null }), ...('panel' in step && { page: null }) }
    // What one page's list was narrowed to means nothing to another, and sign-in leads on only while it is open.
    if ('page' in { ...follows, ...step }) Object.assign(follows, { filters: {}, then: null, plan: null })
    Object.assign(state, follows, step)
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

  if (arrived) history.replaceState(null, '', url())
  addEventListener('popstate', returned)
  onScopeDispose(() => removeEventListener('popstate', returned))
  return { state: readonly(state), go, adjust, onReturn }
})
