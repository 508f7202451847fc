import { onScopeDispose, readonly, ref } from 'vue'
import { defineShared } from '../app/defineShared'

export const phoneQuery = '(max-width: 760px)'

export const [provideViewport, useViewport] = defineShared('viewport', () => {
  const query = matchMedia(phoneQuery)
  const phone = ref(query.matches)
  const changed = () => (phone.value = query.matches)
  query.addEventListener('change', changed)
  onScopeDispose(() => query.removeEventListener('change', changed))
  return { phone: readonly(phone) }
})
