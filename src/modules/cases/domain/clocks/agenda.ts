import type { Happened, Happening, Reading } from './reading.ts'
import type { Stalled } from './stalled.ts'

/** The next thing that happens to a case if nobody does anything. */
export interface NextMoment {
  readonly at: Date
  readonly what: Happening | 'stalled'
  /** The reading that it concerns; null where the case has stalled as a whole. */
  readonly reading: Reading | null
}

/**
 * The earliest moment at which something will happen, so that a case needs one timestamp in an index and a job can sleep until then. Write it with every moment of the log and after each waking, in the same
 * transaction: it is only as fresh as its log. Null: nothing will (everything is met, cancelled, or held without a cap).
 *
 * @param stalled what `stalledIn` says of the same log, so that a case that waits, and so is never due, does not vanish from sight
 * @param now the moment of the readings
 */
export function nextMoment(readings: readonly Reading[], stalled: readonly Stalled[], now: Date): NextMoment | null {
  const planned: NextMoment[] = [
    ...readings.flatMap((reading) => (reading.next ? [{ at: reading.next.at, what: reading.next.what, reading }] : [])),
    ...stalled.filter(({ at }) => at > now).map(({ at }) => ({ at, what: 'stalled' as const, reading: null })),
  ]
  return planned.reduce<NextMoment | null>((first, one) => (first === null || one.at < first.at ? one : first), null)
}

export interface Due extends Happened {
  readonly reading: Reading
}

const happenedIn = (readings: readonly Reading[]): Due[] =>
  readings
    .flatMap((reading) => reading.happened.map((one) => ({ ...one, reading })))
    .sort((a, b) => a.knownAt.getTime() - b.knownAt.getTime() || a.at.getTime() - b.at.getTime())

/** What became known after one moment and not after another; consecutive stretches share nothing and leave nothing out, as long as the log only grows at its end. */
export const happenedBetween = (readings: readonly Reading[], since: Date, until: Date): Due[] =>
  happenedIn(readings).filter(({ knownAt }) => knownAt > since && knownAt <= until)

/** What has happened and was not told yet. Unlike a stretch of time it also finds what something written down late has made true. */
export const untold = (readings: readonly Reading[], told: ReadonlySet<string>): Due[] =>
  happenedIn(readings).filter(({ id }) => !told.has(id))
