import type { Address } from './address'

/** The view that a local path names, as messages of the inbox link to it; null for any other path. */
export function stepOfPath(path: string): Partial<Address> | null {
  if (path === '/me') return { page: 'me' }
  if (path === '/inbox') return { page: 'inbox' }
  const issue = /^\/issues\/([0-9A-Za-z-]{1,40})$/.exec(path)
  if (issue?.[1]) return { panel: 'issue', issue: issue[1] }
  const log = /^\/worklog\/(\d{1,18})\/([0-9A-Za-z._-]{1,40})\/(\d{4}-\d{2}-\d{2})$/.exec(path)
  if (log) return { page: 'worklog', campaign: Number(log[1]), filters: { zone: log[2] ?? '', day: log[3] ?? '' } }
  const grid = /^\/grids\/([0-9A-Za-z._-]{1,40})(\/people)?$/.exec(path)
  if (!grid?.[1]) return null
  return grid[2] ? { page: 'people', grid: grid[1] } : { panel: 'grid', grid: grid[1] }
}
