import type { ProgressLevel } from '../api/types'
import { lights, type Light } from '../campaigns/lights'

export interface LightPart {
  light: Light
  count: number
  /** Of the level's grids, 0 to 1. */
  share: number
}

/** The lights of a level as parts of one bar, the worst first; lights that no grid has are left out. */
export const lightParts = (level: Pick<ProgressLevel, Light | 'grids'>): LightPart[] =>
  lights.filter((light) => level[light] > 0).map((light) => ({ light, count: level[light], share: level[light] / level.grids }))
