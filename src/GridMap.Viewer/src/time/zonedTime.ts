/** Wall time of the territory and instants: forms are filled in in days of the settings' time zone, the wire carries instants. */

const minute = 60_000

/** How far the zone's clock is ahead of UTC at an instant, in milliseconds. */
function offsetAt(instant: number, zone: string): number {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' })
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  ) as Record<string, number>
  const { year = 0, month = 1, day = 1, hour = 0, minute: minutes = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minutes, second) - Math.floor(instant / 1000) * 1000
}

/** The instant of a day (its beginning) or of a day and time, such as 2026-11-21 or 2026-11-21T08:30. */
export function instantOf(local: string, zone: string): string {
  const wall = Date.parse(local.length === 10 ? `${local}T00:00Z` : `${local}Z`)
  // The offset is that of the result; a second look settles the hours around a change of the clocks.
  const guess = wall - offsetAt(wall, zone)
  return new Date(wall - offsetAt(guess, zone)).toISOString()
}

/** The day and time of an instant, to the minute: 2026-11-21T08:30. */
export function wallTimeOf(iso: string, zone: string): string {
  const instant = Date.parse(iso)
  return new Date(Math.floor((instant + offsetAt(instant, zone)) / minute) * minute).toISOString().slice(0, 16)
}

export function dayOf(iso: string, zone: string): string {
  return wallTimeOf(iso, zone).slice(0, 10)
}

export function dayAfter(day: string, days = 1): string {
  return new Date(Date.parse(`${day}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** Terms are [from, to): one that ends with a day ends at the midnight after it. */
export function endOfDay(day: string, zone: string): string {
  return instantOf(dayAfter(day), zone)
}

/** The last day of a term that ends at midnight; null for one that ends within a day. */
export function lastDayOf(end: string, zone: string): string | null {
  const wall = wallTimeOf(end, zone)
  return wall.endsWith('T00:00') ? dayAfter(wall.slice(0, 10), -1) : null
}
