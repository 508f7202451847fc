import { ref, type Ref } from 'vue'
import { plainAmount, readAmount } from './amounts'
import { at, step } from './selection'
import type { TableGeometry } from './useTableGeometry'
import type { ScheduleEditing } from './useScheduleEditing'

interface Told {
  /** A sum was typed over. */
  sum: () => void
  notNumber: (text: string) => void
  goal: () => void
}

const arrows = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown'])

/**
 * The one input that lies over the active cell and always has the focus. What is typed goes straight into it, from the first key on and
 * by any input method: no key is ever lost to a cell that is still moving.
 */
export function useCellInput(input: Readonly<Ref<HTMLInputElement | null>>, editing: ScheduleEditing, geometry: TableGeometry, told: Told) {
  /** `typed`: begun by typing, arrows go on to the next cell; `opened`: arrows move within the text. */
  const mode = ref<'typed' | 'opened' | null>(null)
  const wrong = ref(false)
  let seen = 0

  const focus = () => input.value?.focus({ preventScroll: true })
  function empty(): void {
    mode.value = null
    wrong.value = false
    if (input.value) input.value.value = ''
  }

  function open(): void {
    const { row, column } = editing.selection.value.active
    if (!editing.mayEdit(row, column)) return told.sum()
    mode.value = 'opened'
    const amount = (seen = editing.value(row, column))
    if (input.value) input.value.value = amount === 0 ? '' : plainAmount(amount)
  }

  function typed(): void {
    wrong.value = false
    if (mode.value) return
    const { row, column } = editing.selection.value.active
    if (editing.mayEdit(row, column)) {
      mode.value = 'typed'
      seen = editing.value(row, column)
    } else {
      empty()
      told.sum()
    }
  }

  /** Takes what was typed; false: it is no number, and stays to be mended. */
  function commit(): boolean {
    if (!mode.value) return true
    const text = input.value?.value ?? ''
    const amount = readAmount(text)
    if (amount === null) {
      wrong.value = true
      told.notNumber(text)
      return false
    }
    const { row, column } = editing.selection.value.active
    empty()
    editing.enter(row, column, amount, seen)
    return true
  }

  function left(): void {
    if (!commit()) empty()
  }

  function move(event: KeyboardEvent, ctrlKey: boolean): void {
    const next = step(editing.selection.value, { key: event.key, shiftKey: event.shiftKey, ctrlKey }, geometry.bounds())
    if (!next) return
    event.preventDefault()
    editing.select(next)
  }

  const commands: Readonly<Record<string, (shift: boolean) => void>> = {
    d: () => editing.down(),
    r: () => editing.right(),
    z: (shift) => editing.turn(!shift),
    y: () => editing.turn(false),
    a: () => editing.select({ active: { row: 0, column: 0 }, head: { row: editing.bounds.value.rows - 1, column: editing.bounds.value.columns - 1 } }),
  }

  function keyed(event: KeyboardEvent): void {
    if (event.isComposing) return
    const { key } = event
    const ctrlKey = event.ctrlKey || event.metaKey
    const run = (action: () => void) => {
      event.preventDefault()
      action()
    }
    if (mode.value) {
      if (key === 'Escape') return run(empty)
      if (key === 'F2') return run(() => (mode.value = 'opened'))
      if (key === 'Enter' || key === 'Tab' || (mode.value === 'typed' && arrows.has(key))) run(() => commit() && move(event, ctrlKey))
      return
    }
    const command = ctrlKey && !event.altKey ? commands[key.toLowerCase()] : undefined
    if (command) return run(() => command(event.shiftKey))
    if (event.altKey) return
    const { active } = editing.selection.value
    if (key === 'F2') run(event.shiftKey ? told.goal : open)
    else if (key === 'Delete' || key === 'Backspace') run(editing.clear)
    else if (key === 'Escape') run(() => editing.select(at(active.row, active.column)))
    else move(event, ctrlKey)
  }

  function copied(event: ClipboardEvent): void {
    if (mode.value) return
    event.preventDefault()
    event.clipboardData?.setData('text/plain', editing.copyText())
    if (event.type === 'cut') editing.clear()
  }

  function pasted(event: ClipboardEvent): void {
    if (mode.value) return
    event.preventDefault()
    editing.pasteText(event.clipboardData?.getData('text/plain') ?? '')
  }

  return { mode, wrong, focus, open, typed, commit, left, keyed, copied, pasted }
}

export type CellInput = ReturnType<typeof useCellInput>
