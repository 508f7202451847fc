import { onScopeDispose, readonly, ref, watch, type Ref } from 'vue'

/** The height of an element as it changes. */
export function useElementHeight(element: Readonly<Ref<HTMLElement | null>>): Readonly<Ref<number>> {
  const height = ref(0)
  const observer = new ResizeObserver(([entry]) => (height.value = entry?.contentRect.height ?? 0))
  watch(element, (now) => {
    observer.disconnect()
    if (now) observer.observe(now)
  })
  onScopeDispose(() => observer.disconnect())
  return readonly(height)
}
