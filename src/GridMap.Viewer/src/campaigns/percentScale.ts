import { noShareColour, shareColours, type ShareBreaks } from '../map/palette'

/** Percent done: the seven steps of the one hue, with fixed limits, so that a colour means the same on every day. */
export const percentBreaks: ShareBreaks = [0.15, 0.3, 0.45, 0.6, 0.75, 0.9]

export function percentColour(percent: number | null): string {
  if (percent === null) return noShareColour
  const above = percentBreaks.findIndex((limit) => percent < limit)
  return shareColours[above < 0 ? percentBreaks.length : above] ?? noShareColour
}
