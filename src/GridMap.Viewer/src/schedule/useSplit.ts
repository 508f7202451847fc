import { ref, type Ref } from 'vue'

const kept = 'gridmap.schedule.split'
const [least, most, usual] = [25, 90, 68]
const clamp = (share: number) => Math.max(least, Math.min(most, share))

/** How much of the width the left pane has, in percent; the browser remembers it. */
export function useSplit(frame: Readonly<Ref<HTMLElement | null>>) {
  const share = ref(clamp(Number(localStorage.getItem(kept)) || usual))

  function set(to: number): void {
    share.value = clamp(to)
    localStorage.setItem(kept, String(Math.round(share.value)))
  }

  function dragFrom(event: MouseEvent): void {
    event.preventDefault()
    const rect = frame.value?.getBoundingClientRect()
    if (!rect) return
    const moved = ({ clientX }: MouseEvent) => set(((clientX - rect.left) / rect.width) * 100)
    addEventListener('mousemove', moved)
    addEventListener('mouseup', () => removeEventListener('mousemove', moved), { once: true })
  }

  return { share, moveBy: (by: number) => set(share.value + by), dragFrom }
}
