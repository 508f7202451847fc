export const papers = ['a0', 'a1', 'a2', 'a3', 'a4'] as const
export type Paper = (typeof papers)[number]

export const posterForms = ['pdf', 'svg', 'png'] as const
export type PosterForm = (typeof posterForms)[number]

export const posterLayers = ['light', 'percent'] as const
export type PosterLayer = (typeof posterLayers)[number]

export const orientations = ['landscape', 'portrait'] as const
export type Orientation = (typeof orientations)[number]

export interface PosterChoice {
  campaign: number
  paper: Paper
  /** Null: as what is shown fits better. */
  orientation: Orientation | null
  /** Code of the one grid that it is of; null: the whole. */
  grid: string | null
  /** Null: that of the zones. */
  level: number | null
  /** Null: the present day, on whichever day the address is asked for. */
  day: string | null
  layer: PosterLayer
  english: boolean
}

/** The address of a poster, without the host: a picture by address can be sent, and shows what is right whenever it is looked at. */
export function posterAddress(choice: PosterChoice, form: PosterForm, width?: number): string {
  const query = new URLSearchParams({ paper: choice.paper })
  if (choice.orientation) query.set('orientation', choice.orientation)
  if (choice.grid) query.set('grid', choice.grid)
  if (choice.level !== null) query.set('level', String(choice.level))
  if (choice.day) query.set('on', choice.day)
  if (choice.layer !== 'light') query.set('layer', choice.layer)
  if (choice.english) query.set('lang', 'en')
  if (form === 'png' && width) query.set('width', String(width))
  return `/api/v1/campaigns/${choice.campaign}/poster.${form}?${query}`
}

/** How many pixels wide a picture of a paper is: enough to read its smallest letters, and no more than the service makes. */
export const pictureWidth: Readonly<Record<Paper, number>> = { a0: 7000, a1: 5000, a2: 4200, a3: 3600, a4: 3000 }
