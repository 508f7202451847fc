import { useI18n } from 'vue-i18n'

/** A request that was refused before it was anything else. */
const route = /^[A-Z]+ \//

/** Actions and kinds in words; what is not known yet as it is written. */
export function useAuditWords() {
  const { t, te } = useI18n()
  const keyOf = (action: string) => action.replace('.', '-')
  return {
    action: (name: string): string => (te(`audit.action.${keyOf(name)}`) ? t(`audit.action.${keyOf(name)}`) : route.test(name) ? t('audit.tried', { route: name }) : name),
    kind: (name: string): string => (te(`audit.kind.${name}`) ? t(`audit.kind.${name}`) : name),
    field: (name: string): string => (te(`audit.field.${name}`) ? t(`audit.field.${name}`) : name),
  }
}
