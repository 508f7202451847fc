import { useAddress } from '../address/useAddress'

/** Opens sign-in, which goes on to where one came from: the map as the address has it, or the page that was open. */
export function useSignInStep(): () => void {
  const address = useAddress()
  return () => {
    const { page } = address.state
    address.go({ page: 'signin', then: page === 'signin' ? address.state.then : page })
  }
}
