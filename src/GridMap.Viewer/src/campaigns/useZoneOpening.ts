import { useAddress } from '../address/useAddress'
import { useComparing } from './useComparing'

/** Opens a zone; with Shift, or after the compare button, puts it beside the one that is open. True when it was opened alone. */
export function useZoneOpening(): (code: string, shift: boolean) => boolean {
  const address = useAddress()
  const { waiting } = useComparing()
  return (code, shift) => {
    const { panel, grid } = address.state
    const beside = (shift || waiting.value) && panel === 'grid' && grid !== null && grid !== code
    waiting.value = false
    address.go(beside ? { compare: code } : { panel: 'grid', grid: code, compare: null, issue: null, at: null })
    return !beside
  }
}
