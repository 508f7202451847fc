import { useI18n } from 'vue-i18n'

/** A permission in words; its own word if a newer service has another. */
export function usePermissionName() {
  const { t, te } = useI18n()
  return (permission: string): string => (te(`permission.${permission}`) ? t(`permission.${permission}`) : permission)
}
