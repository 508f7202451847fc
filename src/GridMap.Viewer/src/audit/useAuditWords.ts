import { useI18n } from 'vue-i18n'

/** Actions and kinds in words; what is not known yet, and the route of a refusal, as they are written. */
export function useAuditWords() {
  const { t, te } = useI18n()
  const keyOf = (action: string) => action.replace('.', '-')
  return {
    action: (name: string): string => (te(`audit.action.${keyOf(name)}`) ? t(`audit.action.${keyOf(name)}`) : name),
    kind: (name: string): string => (te(`audit.kind.${name}`) ? t(`audit.kind.${name}`) : name),
    field: (name: string): string => (te(`audit.field.${name}`) ? t(`audit.field.${name}`) : name),
  }
}
