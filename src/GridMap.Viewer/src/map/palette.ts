/**
 * The share of issues written off: one hue (OKLCH 192), lightness falling by equal steps from 0.95 to 0.51.
 * Seven classes are as many as the eye holds apart on a map; the spec file measures that they are even.
 */
export const shareColours = ['#e2f3f1', '#bededc', '#9ac9c7', '#78b5b2', '#589f9c', '#398a87', '#1a7472'] as const

/** Where one class ends and the next begins. */
export const shareBreaks = [0.15, 0.3, 0.45, 0.6, 0.75, 0.9] as const

/** A grid without issues has no share: it is not 0 %, and not 100 % either. */
export const noShareColour = '#d8d6d0'

export function shareClass(share: number): number {
  const above = shareBreaks.findIndex((limit) => share < limit)
  return above < 0 ? shareBreaks.length : above
}

export function shareColour(share: number | null): string {
  return share === null ? noShareColour : (shareColours[shareClass(share)] ?? noShareColour)
}

export const ground = {
  paper: '#f6f4ef',
  water: '#cfe2ee',
  waterLine: '#b4d0e2',
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
