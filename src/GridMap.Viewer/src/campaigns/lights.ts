/** The lights of rules of progress: how far a zone is against what was planned by the day. */
export const lights = ['red', 'yellow', 'green', 'grey'] as const
export type Light = (typeof lights)[number]

/** The same on map, list, table and print. Red is hatched, yellow is dotted: told apart without colour. */
export const lightColours: Readonly<Record<Light, string>> = { red: '#d0342c', yellow: '#f2b632', green: '#1a9850', grey: '#b8bdc4' }

/** What is drawn over the colour, white on red and dark on yellow. */
export const patternInk = { red: 'rgba(255,255,255,0.5)', yellow: 'rgba(95,58,0,0.62)' } as const
export const patterned = ['red', 'yellow'] as const
export type Patterned = (typeof patterned)[number]

const letters: Readonly<Record<string, Light>> = { r: 'red', y: 'yellow', g: 'green' }

/** The light behind a letter of the wire's day strings; everything else is "no plan". */
export function lightOf(letter: string | undefined): Light {
  return letters[letter ?? ''] ?? 'grey'
}
