/** How a file becomes grids, as the planner says it. An empty text is "as the file has it" or "none". */
export interface ImportChoice {
  level: number
  code: string
  name: string
  parent: string
  kind: string
  households: string
  /** Codes are made: a prefix of digits, or the word parent. Only without a field of codes. */
  generateCodes: string
  crs: string
  encoding: string
  layer: string
  mode: 'add' | 'replace' | 'match'
  within: string
  tolerance: number
  merge: boolean
}

export const noChoice = (level: number): ImportChoice => ({
  level, code: '', name: '', parent: '', kind: '', households: '', generateCodes: 'parent', crs: '', encoding: '', layer: '', mode: 'add', within: '', tolerance: 0.1, merge: false,
})

/** Which of a file's fields hold what. */
export const mapped = ['code', 'name', 'parent', 'kind', 'households'] as const
export type Mapped = (typeof mapped)[number]

/** What the file is asked about before anything is chosen: how it is to be read. */
export function readingValues({ level, crs, encoding, layer }: ImportChoice): Record<string, string> {
  return { level: String(level), ...(crs && { crs }), ...(encoding && { encoding }), ...(layer && { layer }) }
}

/** The whole import as the service's form has it. */
export function importValues(choice: ImportChoice, into: { plan: number } | { name: string }, fresh: boolean): Record<string, string> {
  const { code, generateCodes, mode, within, tolerance, merge } = choice
  const values: Record<string, string> = { ...readingValues(choice), tolerance: String(tolerance) }
  for (const field of mapped) if (choice[field]) values[`${field}Field`] = choice[field]
  if (!code) values['generateCodes'] = generateCodes
  if (!fresh) values['mode'] = mode
  if (!fresh && within) values['parent'] = within
  if (merge) values['merge'] = 'true'
  if ('plan' in into) values['plan'] = String(into.plan)
  else if (into.name.trim()) values['name'] = into.name.trim()
  return values
}
