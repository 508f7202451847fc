import { useI18n } from 'vue-i18n'

/** A role in the language of the page; its word on the wire if a newer service has another. */
export function useRoleName() {
  const { t, te } = useI18n()
  return (role: string): string => (te(`role.${role}`) ? t(`role.${role}`) : role)
}
