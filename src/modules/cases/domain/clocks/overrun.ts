import { type Calendar, passed, runningPieces } from './calendar.ts'
import { groundHolds, groundStays } from './laws.ts'
import type { Reading } from './reading.ts'

/** What of a clock tells by how much it overran. */
export type Overrun = Pick<Reading, 'breachedAt' | 'metAt' | 'cancelledAt'> & {
  readonly grounds: Pick<Reading['grounds'], 'calendars' | 'holds'>
}

/**
 * By how many whole minutes of working time the clock that overran the longest did: from when it ran out until it was met or cancelled after all, or until now, in the hours by which it ran itself, without what held it. 0 where
 * none ran out. It is what is proposed as the delay for which somebody answers; whether all of it is theirs, a person says.
 *
 * @param calendarFor as for `readClocks`
 */
export function overrunMinutes(clocks: readonly Overrun[], calendarFor: (key: string) => Calendar, now: Date): number {
  const overruns = clocks.map(({ breachedAt, metAt, cancelledAt, grounds }) => {
    const until = metAt ?? cancelledAt ?? now
    if (breachedAt === null || until <= breachedAt) return 0
    const pieces = runningPieces(breachedAt.getTime(), until.getTime(), groundStays(grounds, calendarFor), groundHolds(grounds))
    return passed(pieces, 'working-minutes')
  })
  return Math.floor(Math.max(0, ...overruns) / 60_000)
}
