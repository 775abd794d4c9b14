import { type Calendar, type Hold, passed, runningPieces, type Stay } from './calendar.ts'
import type { Moment, Period } from './log.ts'
import type { Ground, Law, Plan } from './plan.ts'
import type { Round } from './rounds.ts'
import type { Measure, Target, Terms } from './target.ts'

/** A round as the target of one period sees it. */
export interface Span {
  readonly id: string
  readonly target: Target
  readonly terms: Terms
  readonly period: Period
  readonly round: Round
}

/** The laws of a round in order of time: one for each period that it lived through, cut where an extension was granted. An extension outlasts a change of terms if the new ones know it. */
export function lawsOf(spans: readonly Span[], moments: readonly Moment[], slot: string): Law[] {
  let extension: string | null = null
  return spans.flatMap(({ target, period, round }) => {
    const law = (from: number, decided: number): Law => {
      const measure = target.extensions.find(({ key }) => key === extension)?.measure
      const end = round.endedAt ?? Number.POSITIVE_INFINITY
      return { target: measure ? { ...target, measure } : target, from, to: period.to, end, decided, extension: measure ? extension : null }
    }
    const laws = [law(period.from, period.decided)]
    for (const moment of moments) {
      const at = moment.at.getTime()
      if (moment.kind !== 'extended' || moment.slot !== slot || moment.target !== target.key) continue
      if (at < Math.max(round.startedAt, period.from) || at >= period.to || at > (round.endedAt ?? at)) continue
      if (!target.extensions.some(({ key }) => key === moment.extension)) continue
      extension = moment.extension
      laws.push({ ...laws.pop()!, to: at }, law(at, at))
    }
    return laws
  })
}

/** The ground under the last of the laws: each law before it said for its own time whose hours counted and whether pauses did. */
export function groundOf(
  laws: readonly Law[],
  { startedAt, gaps }: Round,
  { holds, stays }: { readonly holds: readonly Hold[]; readonly stays: Readonly<Record<Target['hours'], readonly Stay[]>> },
): Ground {
  const all = [...holds, ...gaps.map((gap) => ({ ...gap, reason: 'resolved' }))]
  const windows = laws.map(({ target, to }, i) => ({
    target,
    from: laws[i - 1]?.to ?? Number.NEGATIVE_INFINITY,
    to: i === laws.length - 1 ? Number.POSITIVE_INFINITY : to,
  }))
  const within = <S extends { readonly from: number; readonly to: number }>(stretch: S, from: number, to: number): S[] => {
    const cut = { ...stretch, from: Math.max(stretch.from, from), to: Math.min(stretch.to, to) }
    return cut.from < cut.to ? [cut] : []
  }
  return {
    startedAt,
    holds: windows.flatMap(({ target, from, to }) =>
      target.pauses === 'never' ? [] : all.flatMap((hold) => within({ ...hold, from: Math.max(hold.from, startedAt) }, from, to)),
    ),
    stays: windows.flatMap(({ target, from, to }) =>
      stays[target.hours]
        .flatMap(({ at, calendar }, i, list) => within({ from: at, to: list[i + 1]?.at ?? Number.POSITIVE_INFINITY, calendar }, from, to))
        .map((stay) => ({ at: stay.from, calendar: stay.calendar })),
    ),
  }
}

/** What a due time rests on, for the explanation. */
export interface Grounds {
  readonly measure: Measure
  readonly cap: Measure | null
  readonly isCapped: boolean
  /** What changed while the clock ran, the first in force since the beginning where `since` is null. */
  readonly laws: readonly {
    readonly measure: Measure
    readonly since: Date | null
    readonly decided: Date
    readonly extension: string | null
  }[]
  /** Whose hours counted from when on, as the log calls them. */
  readonly calendars: readonly { readonly key: string; readonly timeZone: string; readonly since: Date | null }[]
  /** `to` is null while it lasts; `openMs` is what it has moved the clock by so far. */
  readonly holds: readonly { readonly from: Date; readonly to: Date | null; readonly reason: string; readonly openMs: number }[]
}

/** The calendars and holds of the grounds as time is counted by them. */
export const groundStays = ({ calendars }: Pick<Grounds, 'calendars'>, calendarFor: (key: string) => Calendar): readonly Stay[] =>
  calendars.map(({ key, since }) => ({ at: since?.getTime() ?? Number.NEGATIVE_INFINITY, calendar: calendarFor(key) }))
export const groundHolds = ({ holds }: Pick<Grounds, 'holds'>): readonly Hold[] =>
  holds.map(({ from, to, reason }) => ({ from: from.getTime(), to: to?.getTime() ?? Number.POSITIVE_INFINITY, reason }))

/** @param until the moment of the reading, or the end of the round */
export function groundsOf(laws: readonly Law[], ground: Ground, plan: Plan, until: number): Grounds {
  const { measure, cap } = laws.at(-1)!.target
  const date = (at: number) => (Number.isFinite(at) ? new Date(at) : null)
  const reached = plan.due ?? until
  const calendars = ground.stays
    .filter(({ at }, i) => at < Math.max(until, reached) && (ground.stays[i + 1]?.at ?? Number.POSITIVE_INFINITY) > ground.startedAt)
    .filter(({ calendar }, i, list) => calendar.key !== list[i - 1]?.calendar.key)
    .map(({ at, calendar }, i) => ({ key: calendar.key, timeZone: calendar.hours.timeZone, since: i === 0 ? null : date(at) }))
  return {
    measure,
    cap,
    isCapped: plan.isCapped,
    laws: laws.map((law) => ({
      measure: law.target.measure,
      since: date(law.from),
      decided: new Date(law.decided),
      extension: law.extension,
    })),
    calendars,
    holds: ground.holds
      .filter(({ from }) => from < until)
      .map(({ from, to, reason }) => ({
        from: new Date(from),
        to: date(to),
        reason,
        openMs: passed(runningPieces(from, Math.min(to, until), ground.stays, []), measure.unit),
      })),
  }
}
