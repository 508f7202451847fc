import { onScopeDispose, ref } from 'vue'
import { extended } from './fills'
import { at, type Cell, type Range } from './selection'
import { useEdgeScroll } from './useEdgeScroll'
import type { CellInput } from './useCellInput'
import type { TableGeometry } from './useTableGeometry'
import type { ScheduleEditing } from './useScheduleEditing'

/** Selecting by the pointer, and filling by the handle. */
export function useTablePointer(editing: ScheduleEditing, geometry: TableGeometry, cell: CellInput) {
  /** What the handle was dragged over so far. */
  const dragged = ref<Range | null>(null)
  /** Meanwhile the table moves by the pointer, and not to the selection. */
  const dragging = ref(false)
  let stop = () => {}
  onScopeDispose(() => stop())
  const edge = useEdgeScroll(geometry)

  function follow(each: (to: Cell) => void, end: () => void = () => undefined): void {
    const moved = (event: MouseEvent) => {
      // The button was let go where nobody could tell, as over another window.
      if (event.buttons === 0) return released()
      const onto = () => {
        const to = geometry.nearest(event)
        if (to) each(to)
      }
      onto()
      edge.follow(event, onto)
    }
    const released = () => {
      stop()
      end()
    }
    dragging.value = true
    stop = () => {
      dragging.value = false
      edge.stop()
      removeEventListener('mousemove', moved)
      removeEventListener('mouseup', released)
    }
    addEventListener('mousemove', moved)
    addEventListener('mouseup', released)
  }

  function pressed(event: MouseEvent): void {
    const to = geometry.under(event)
    if (event.button !== 0 || !to || to.over === 'head') return
    event.preventDefault()
    if (!cell.commit()) return cell.focus()
    const { active } = editing.selection.value
    if (to.over === 'names') editing.select(at(to.cell.row, active.column))
    else {
      editing.select(event.shiftKey ? { active, head: to.cell } : at(to.cell.row, to.cell.column))
      follow((head) => editing.select({ active: editing.selection.value.active, head }))
    }
    cell.focus()
  }

  function gripped(event: MouseEvent): void {
    event.preventDefault()
    if (!cell.commit()) return
    follow(
      ({ row, column }) => (dragged.value = extended(editing.range.value, row, column)),
      () => {
        const target = dragged.value
        dragged.value = null
        if (!target) return
        editing.drag(target)
        editing.select({ active: { row: target.top, column: target.left }, head: { row: target.bottom, column: target.right } })
      },
    )
  }

  return { dragged, dragging, pressed, gripped }
}
