import { reactive, watch, type Ref } from 'vue'
import { emptyDraft, type Draft } from './edits'

/** What is put together but not sent is kept in the browser, plan by plan: closing it loses nothing. */
export function useDraft(plan: Readonly<Ref<number>>, level: number): Draft {
  const key = () => `gridmap.plan.${plan.value}.draft`

  function kept(): Draft {
    try {
      return { ...emptyDraft(level), ...(JSON.parse(localStorage.getItem(key()) ?? '{}') as Partial<Draft>) }
    } catch {
      return emptyDraft(level)
    }
  }

  const draft = reactive<Draft>(kept())
  watch(draft, () => localStorage.setItem(key(), JSON.stringify(draft)))
  return draft
}
