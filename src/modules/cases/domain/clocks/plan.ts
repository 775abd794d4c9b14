import { alwaysOpen, endOf, type Hold, passed, reach, runningPieces, type Stay } from './calendar.ts'
import type { Target } from './target.ts'

/** A target as it holds within a stretch of a round: the terms may change, and an extension be granted, while a clock runs. */
export interface Law {
  readonly target: Target
  readonly from: number
  readonly to: number
  /** When the round ended as this law sees it; Infinity while it runs. */
  readonly end: number
  /** When it was decided; an answer to "since when does anybody know?". */
  readonly decided: number
  readonly extension: string | null
}

/** What a clock runs on: whose hours count, and where it stands still (never before its start). */
export interface Ground {
  readonly startedAt: number
  readonly stays: readonly Stay[]
  readonly holds: readonly Hold[]
}

/** When a clock warns, is due and escalates, as far as it is known: null is never, such as for as long as it is held. A warning that comes no sooner than the due time is none. */
export interface Plan {
  readonly warn: number | null
  readonly due: number | null
  readonly escalate: number | null
  /** Whether the cap decides. */
  readonly isCapped: boolean
  /** 1 when the measure is used up; of days, by the time that has run towards the end of the last one. */
  share(at: number): number
  /** The day that a measure in days reaches, `YYYY-MM-DD`. */
  readonly day: string | null
}

const earliest = (a: number | null, b: number | null) => (a === null ? b : b === null ? a : Math.min(a, b))
const notBefore = (at: number | null, earliestAllowed: number) => (at === null ? null : Math.max(at, earliestAllowed))

/**
 * The plan of a law over the whole round, on the ground that held until now. Nothing falls due, warns or escalates before the law itself held. Warnings and escalations by share depend on nothing that comes
 * after them, so what has been told once stays true.
 */
export function planOf(law: Law, ground: Ground): Plan {
  const { target, from } = law
  const { startedAt, stays, holds } = ground
  const forEver = (start: number, held: readonly Hold[]) => runningPieces(start, Number.POSITIVE_INFINITY, stays, held)
  const running = forEver(startedAt, holds)
  const unheld = forEver(startedAt, [])
  const startDay = (unheld[0]?.calendar ?? alwaysOpen).dayOf(startedAt)
  const { unit, amount } = target.measure

  const own = endOf(target.measure, startDay, running)
  const cap = target.cap && endOf(target.cap, startDay, unheld)
  const due = notBefore(earliest(own, cap), from)

  // Days have no minutes of their own: their share is one of the time that they would last without a pause.
  const isInMinutes = unit === 'working-minutes' || unit === 'minutes'
  const counted = isInMinutes ? unit : 'minutes'
  const nominal = isInMinutes ? null : endOf(target.measure, startDay, unheld)
  const length = isInMinutes ? amount * 60_000 : nominal === null ? null : nominal - startedAt
  const atShare = (share: number) => {
    const ofMeasure = length === null ? null : reach(running, Math.round(share * length), counted)
    const ofCap = cap === null ? null : startedAt + Math.round(share * (cap - startedAt))
    return notBefore(earliest(ofMeasure, ofCap), from)
  }

  const warn = target.warnAtShare === null ? null : atShare(target.warnAtShare)
  const { escalateAfter } = target
  const afterDue = (minutes: number) => {
    if (due === null || minutes === 0) return due
    return reach(forEver(due, holds), minutes * 60_000, unit === 'minutes' ? unit : 'working-minutes')
  }
  return {
    warn,
    due,
    escalate:
      escalateAfter === null
        ? null
        : escalateAfter.after === 'share'
          ? atShare(escalateAfter.share)
          : afterDue(escalateAfter.workingMinutes),
    isCapped: cap !== null && (own === null || cap < own),
    day: isInMinutes || due === null || due !== own ? null : lastDay(due, stays),
    share: (at) => (length === null ? 0 : passed(runningPieces(startedAt, at, stays, holds), counted) / length),
  }
}

/** The instant that ends a day already belongs to the next one. */
const lastDay = (end: number, stays: readonly Stay[]): string => {
  const { calendar } = stays.findLast(({ at }) => at < end) ?? { calendar: alwaysOpen }
  return new Date(calendar.dayOf(end - 1) * 86_400_000).toISOString().slice(0, 10)
}
