import { useI18n } from 'vue-i18n'

/** What kinds of edits are called. */
export function useEditWords() {
  const { t, te } = useI18n()
  const kindName = (kind: string): string => (te(`planner.edit.${kind}`) ? t(`planner.edit.${kind}`) : kind)
  return { kindName }
}
