import type { Place } from './service'

/** The view that a test opens the map with; what is left out is the map's own choice. */
export interface Opening {
  at?: Place
  zoom?: number
  level?: number
  language?: 'zh-CN' | 'en'
  panel?: string
  layer?: 'light' | 'percent' | 'issues'
  day?: string
  wall?: boolean
}
