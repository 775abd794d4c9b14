import { type Calendar, type Hold, reach, runningPieces, type Stay } from './calendar.ts'
import { holdsOf, isEnding, type Moment, staysOf, until } from './log.ts'

/** How long a case may stand still before somebody looks at it. Null: for ever. */
export interface Patience {
  /** Open minutes that it may wait for somebody. */
  readonly waitingMinutes: number | null
  /** Open minutes without anything at all. */
  readonly quietMinutes: number | null
  /** The hand-over between departments at which it has been sent about too often (G-13: the third). The first assignment is none. */
  readonly handOvers: number | null
}

export interface Stalled {
  readonly what: 'waiting-long' | 'quiet' | 'handed-about'
  /** Since when it waits, or has been quiet. */
  readonly since: Date
  /** When patience ends; later than now where it has not yet. */
  readonly at: Date
  readonly reason: string | null
}

/**
 * Where a case has stalled, or will if nothing happens. A clock that is held is never due, so without this a case that waits for a forgotten spare part is seen by nobody until the customer calls. Counted in the
 * department's hours. Solved, closed, merged and withdrawn cases do not stall.
 */
export function stalledIn(log: readonly Moment[], patience: Patience, calendarFor: (key: string) => Calendar, now: Date): Stalled[] {
  const moments = until(log, now)
  const last = moments.at(-1)
  const lastEnding = moments.findLast((moment) => isEnding(moment) || moment.kind === 'reopened')
  if (!last || (lastEnding && lastEnding.kind !== 'reopened') || moments.some(({ kind }) => kind === 'merged')) return []
  const stays = staysOf(moments, 'department', calendarFor)
  const found: Stalled[] = []
  const patient = (what: Stalled['what'], from: number, minutes: number | null, reason: string | null) => {
    const at = minutes === null ? null : openAfter(from, minutes, stays)
    if (at !== null) found.push({ what, since: new Date(from), at: new Date(at), reason })
  }
  const waiting = waitingSince(holdsOf(moments))
  if (waiting) patient('waiting-long', waiting.from, patience.waitingMinutes, waiting.reason)
  patient('quiet', last.at.getTime(), patience.quietMinutes, null)
  const handOver = patience.handOvers === null ? undefined : handOversOf(moments)[patience.handOvers - 1]
  if (handOver) found.push({ what: 'handed-about', since: handOver.at, at: handOver.at, reason: null })
  return found
}

/** Each time a case went from one department to another. */
export function handOversOf(moments: readonly Moment[]): Moment[] {
  const assignments = moments.filter((moment) => moment.kind === 'department-changed')
  return assignments.filter(({ department }, i) => i > 0 && department !== assignments[i - 1]!.department)
}

const openAfter = (from: number, minutes: number, stays: readonly Stay[]) =>
  reach(runningPieces(from, Number.POSITIVE_INFINITY, stays, []), minutes * 60_000, 'working-minutes')

/** One wait may have changed its reason on the way. */
function waitingSince(holds: readonly Hold[]): Hold | null {
  const last = holds.at(-1)
  if (!last || last.to !== Number.POSITIVE_INFINITY) return null
  let first = last
  for (const hold of holds.toReversed()) if (hold.to === first.from) first = hold
  return { ...last, from: first.from }
}
