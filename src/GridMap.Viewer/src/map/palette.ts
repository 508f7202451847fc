/**
 * The share of issues written off: one hue (OKLCH 192), lightness falling by equal steps from 0.95 to 0.51.
 * Seven classes are as many as the eye holds apart on a map; the spec file measures that they are even.
 */
export const shareColours = ['#e2f3f1', '#bededc', '#9ac9c7', '#78b5b2', '#589f9c', '#398a87', '#1a7472'] as const

export type ShareBreaks = readonly [number, number, number, number, number, number]

/** Where one class ends and the next begins: early in a campaign, in its middle, and when little is left. */
const early: ShareBreaks = [0.15, 0.3, 0.45, 0.6, 0.75, 0.9]
const middle: ShareBreaks = [0.5, 0.6, 0.7, 0.8, 0.9, 1]
const late: ShareBreaks = [0.5, 0.8, 0.9, 0.94, 0.97, 1]

/**
 * The classes that tell grids apart when this is the share of the whole territory. It alone decides, not the level nor
 * what is in view: a colour means the same at every zoom, and the scale changes twice in a campaign.
 */
export function breaksFor(wholeShare: number | null): ShareBreaks {
  if (wholeShare === null || wholeShare < 0.6) return early
  return wholeShare < 0.88 ? middle : late
}

/** A grid without issues has no share: it is not 0 %, and not 100 % either. */
export const noShareColour = '#d8d6d0'

export function shareClass(share: number, breaks: ShareBreaks): number {
  const above = breaks.findIndex((limit) => share < limit)
  return above < 0 ? breaks.length : above
}

export function shareColour(share: number | null, breaks: ShareBreaks): string {
  return share === null ? noShareColour : (shareColours[shareClass(share, breaks)] ?? noShareColour)
}

export const ground = {
  paper: '#f6f4ef',
  water: '#cfe2ee',
  waterLine: '#b4d0e2',
  waterName: '#41708f',
  green: '#dde8d3',
  built: '#ece7de',
  road: '#ffffff',
  roadCasing: '#d5d1c8',
  rail: '#b9b5ad',
  border: '#3a3f45',
  label: '#23282d',
  labelSoft: '#5d646b',
  halo: '#ffffff',
  accent: '#b3261e',
} as const
