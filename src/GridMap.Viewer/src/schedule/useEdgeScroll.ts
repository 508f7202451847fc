import { edgeStep, type Frame } from './edgeScroll'

interface Scrolled {
  /** Where its cells are seen; null while there is no table. */
  frame: () => Frame | null
  /** Moves it; false when there is nothing more to move. */
  scrollBy: (x: number, y: number) => boolean
}

/** Moves a table on as long as the pointer is held at its edge, and tells after each move. */
export function useEdgeScroll({ frame, scrollBy }: Scrolled) {
  let running = 0
  let pointer = { x: 0, y: 0 }
  let told: () => void = () => undefined

  function turn(): void {
    const seen = frame()
    const step = seen ? edgeStep(pointer, seen) : { x: 0, y: 0 }
    running = (step.x !== 0 || step.y !== 0) && scrollBy(step.x, step.y) ? requestAnimationFrame(turn) : 0
    if (running) told()
  }

  /** The pointer is here now. */
  function follow(event: MouseEvent, moved: () => void): void {
    pointer = { x: event.clientX, y: event.clientY }
    told = moved
    if (!running) running = requestAnimationFrame(turn)
  }

  function stop(): void {
    cancelAnimationFrame(running)
    running = 0
  }

  return { follow, stop }
}
