/** How far the clock on the wall is ahead of UTC, in milliseconds. */
export interface WallClockOffset {
  /** At a moment, milliseconds since 1970 UTC. */
  ofUtc(milliseconds: number): number
  /** When the wall shows a time, milliseconds since 1970-01-01T00:00 on the wall. In the hour that occurs twice the first is meant. */
  ofWall(milliseconds: number): number
}

const quarter = 15 * 60_000

/** For a time zone by its IANA name. Offsets change at quarters of an hour at most, so one look into the calendar serves all times of a quarter. */
export function wallClockOffset(timeZone: string): WallClockOffset {
  const known = zones.get(timeZone) ?? offsetIn(timeZone)
  zones.set(timeZone, known)
  return known
}
/** A runtime needs longer to prepare for a zone than to look at a hundred moments in it; there are some hundred zones. */
const zones = new Map<string, WallClockOffset>()

/** The calendar day of a moment in a time zone, `YYYY-MM-DD`. */
export function dayIn(timeZone: string, moment: Date): string {
  const milliseconds = moment.getTime()
  return new Date(milliseconds + wallClockOffset(timeZone).ofUtc(milliseconds)).toISOString().slice(0, 10)
}

function offsetIn(timeZone: string): WallClockOffset {
  if (timeZone === 'UTC') return { ofUtc: () => 0, ofWall: () => 0 }
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const known = new Map<number, number>()
  const ofUtc = (milliseconds: number): number => {
    const from = Math.floor(milliseconds / quarter) * quarter
    const found = known.get(from)
    if (found !== undefined) return found
    if (known.size > 200_000) known.clear()
    const parts = Object.fromEntries(format.formatToParts(from).map(({ type, value }) => [type, Number(value)]))
    const wall = Date.UTC(parts.year!, parts.month! - 1, parts.day!, parts.hour!, parts.minute!, parts.second!)
    known.set(from, wall - from)
    return wall - from
  }
  return {
    ofUtc,
    ofWall(milliseconds) {
      const before = ofUtc(milliseconds - 86_400_000)
      if (ofUtc(milliseconds - before) === before) return before
      const after = ofUtc(milliseconds + 86_400_000)
      return ofUtc(milliseconds - after) === after ? after : before
    },
  }
}
