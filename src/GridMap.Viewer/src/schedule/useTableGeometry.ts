import { useVirtualizer } from '@tanstack/vue-virtual'
import { computed, watch, type CSSProperties, type Ref } from 'vue'
import type { Frame } from './edgeScroll'
import { rangeOf, within, type Cell, type Range } from './selection'
import type { ScheduleEditing } from './useScheduleEditing'

interface TableShape {
  lines: number
  weeks: number
  phases: boolean
  /** A column names the item. */
  items: boolean
  phone: boolean
}

/** Where the table's cells lie, which of them are in sight, and which cell lies under the pointer. */
export function useTableGeometry(scroller: Readonly<Ref<HTMLElement | null>>, shape: () => TableShape, editing: ScheduleEditing) {
  const rowHeight = computed(() => (shape().phone ? 48 : 38))
  const headHeight = computed(() => (shape().phases ? 60 : 42))
  const widths = computed(() => {
    const { phone, items } = shape()
    return { name: phone ? 128 : 178, item: items ? (phone ? 76 : 124) : 0, total: phone ? 0 : 88 }
  })
  const pinned = computed(() => widths.value.name + widths.value.item + widths.value.total + 1)
  const weekWidth = computed(() => (shape().phone ? Math.max(58, Math.floor(((scroller.value?.clientWidth ?? 390) - pinned.value) / Math.max(1, shape().weeks))) : 96))

  const rows = useVirtualizer(computed(() => ({ count: shape().lines, getScrollElement: () => scroller.value, estimateSize: () => rowHeight.value, overscan: 8 })))
  const columns = useVirtualizer(computed(() => ({ horizontal: true, count: shape().weeks, getScrollElement: () => scroller.value, estimateSize: () => weekWidth.value, overscan: 3 })))
  watch([rowHeight, weekWidth], () => {
    rows.value.measure()
    columns.value.measure()
  })
  const shownRows = computed(() => rows.value.getVirtualItems().map(({ index, start }) => ({ index, start })))
  const shownColumns = computed(() => columns.value.getVirtualItems().map(({ index, start }) => ({ index, start: start + pinned.value, size: weekWidth.value })))
  const width = computed(() => pinned.value + shape().weeks * weekWidth.value)
  const height = computed(() => headHeight.value + shape().lines * rowHeight.value)

  const box = ({ top, bottom, left, right }: Range): CSSProperties => ({
    top: `${top * rowHeight.value}px`,
    left: `${pinned.value + left * weekWidth.value}px`,
    width: `${(right - left + 1) * weekWidth.value}px`,
    height: `${(bottom - top + 1) * rowHeight.value}px`,
  })
  const activeBox = computed(() => box(rangeOf({ active: editing.selection.value.active, head: editing.selection.value.active })))
  /** The corner that is dragged to fill. */
  const gripPlace = computed<CSSProperties>(() => ({
    top: `${(editing.range.value.bottom + 1) * rowHeight.value - 5}px`,
    left: `${pinned.value + (editing.range.value.right + 1) * weekWidth.value - 5}px`,
  }))

  const room = (element: HTMLElement) => ({ height: element.clientHeight - headHeight.value, width: element.clientWidth - pinned.value })

  function bringIntoView({ row, column }: Cell, centred = false): void {
    const element = scroller.value
    if (!element) return
    const [top, left] = [row * rowHeight.value, column * weekWidth.value]
    const { height: high, width: wide } = room(element)
    if (top < element.scrollTop) element.scrollTop = top
    else if (top + rowHeight.value > element.scrollTop + high) element.scrollTop = top + rowHeight.value - high
    if (centred) element.scrollLeft = left - (wide - weekWidth.value) / 2
    else if (left < element.scrollLeft) element.scrollLeft = left
    else if (left + weekWidth.value > element.scrollLeft + wide) element.scrollLeft = left + weekWidth.value - wide
  }

  /** A page is what is in sight, less the line that one goes on from. */
  const bounds = () => ({ ...editing.bounds.value, page: Math.max(1, Math.floor((scroller.value ? room(scroller.value).height : 400) / rowHeight.value) - 1) })

  const cellAt = (element: HTMLElement, x: number, y: number): Cell =>
    within({ row: Math.floor((y - headHeight.value + element.scrollTop) / rowHeight.value), column: Math.floor((x - pinned.value + element.scrollLeft) / weekWidth.value) }, bounds())

  /** The nearest cell to the pointer, and which part of the table it is over; null: none. */
  function under(event: MouseEvent): { cell: Cell; over: 'head' | 'names' | 'cells' } | null {
    const element = scroller.value
    if (!element) return null
    const rect = element.getBoundingClientRect()
    const [x, y] = [event.clientX - rect.left, event.clientY - rect.top]
    if (x > element.clientWidth || y > element.clientHeight) return null
    const cell = cellAt(element, x, y)
    return { cell, over: y < headHeight.value ? 'head' : x < pinned.value ? 'names' : 'cells' }
  }

  /** Where the cells are seen on the screen, without the head and the names. */
  function frame(): Frame | null {
    const element = scroller.value
    if (!element) return null
    const { left, top } = element.getBoundingClientRect()
    return { left: left + pinned.value, right: left + element.clientWidth, top: top + headHeight.value, bottom: top + element.clientHeight }
  }

  /** The cell in sight that is nearest to the pointer, wherever that has been dragged. */
  function nearest(event: MouseEvent): Cell | null {
    const [element, seen] = [scroller.value, frame()]
    if (!element || !seen) return null
    const rect = element.getBoundingClientRect()
    const [x, y] = [Math.max(seen.left, Math.min(seen.right - 1, event.clientX)), Math.max(seen.top, Math.min(seen.bottom - 1, event.clientY))]
    return cellAt(element, x - rect.left, y - rect.top)
  }

  /** Moves the table; false when it is at its end that way. */
  function scrollBy(x: number, y: number): boolean {
    const element = scroller.value
    if (!element) return false
    const [left, top] = [element.scrollLeft, element.scrollTop]
    element.scrollLeft += x
    element.scrollTop += y
    return element.scrollLeft !== left || element.scrollTop !== top
  }

  return { rowHeight, headHeight, widths, pinned, weekWidth, shownRows, shownColumns, width, height, box, activeBox, gripPlace, bringIntoView, bounds, under, frame, nearest, scrollBy }
}

export type TableGeometry = ReturnType<typeof useTableGeometry>
