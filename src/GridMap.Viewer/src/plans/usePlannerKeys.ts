import { onScopeDispose } from 'vue'
import { harmless, tools } from './edits'
import type { Editing } from './useEditing'
import type { PlanWork } from './usePlan'

/** Ctrl-Z and Ctrl-Y, figures for the tools, Enter to do what is shown, Esc to give it up; never while somebody writes. */
export function usePlannerKeys(work: PlanWork, editing: Editing, step: (forward: boolean) => void): void {
  function key(event: KeyboardEvent): void {
    const { target } = event
    if (document.querySelector('dialog[open]') || (target instanceof HTMLElement && target.matches('input:not([type=checkbox]), textarea, select'))) return
    const command = event.ctrlKey || event.metaKey
    const name = event.key.toLowerCase()
    if (command && (name === 'z' || name === 'y')) {
      event.preventDefault()
      step(name === 'y' || event.shiftKey)
      return
    }
    if (command || event.altKey) return
    // As on the keyboard: the nought comes after the nine.
    const tool = /^\d$/.test(event.key) ? tools[(Number(event.key) + 9) % 10] : undefined
    if (tool && (work.open.value || harmless.includes(tool))) editing.choose(tool)
    else if (event.key === 'Enter' && editing.report.value && !(target instanceof HTMLButtonElement)) void editing.apply()
    else if (event.key === 'Escape' && (editing.draft.drawn || editing.draft.vertex || editing.draft.chosen.length > 0)) {
      if (editing.draft.drawn || editing.draft.vertex) editing.clear()
      else editing.clear({ chosen: [] })
    }
  }
  addEventListener('keydown', key)
  onScopeDispose(() => removeEventListener('keydown', key))
}
