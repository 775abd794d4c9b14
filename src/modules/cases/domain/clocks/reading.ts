import { type Calendar, type Hold, passed, runningPieces, type Stay } from './calendar.ts'
import { type Grounds, groundOf, groundsOf, lawsOf, type Span } from './laws.ts'
import { holdsOf, type Moment, type Period, periodsOf, staysOf, until } from './log.ts'
import { type Law, planOf } from './plan.ts'
import { type Round, roundsOf } from './rounds.ts'
import { type End, hasFirstResponse, type Source, type Target, type Terms } from './target.ts'

export type Happening = 'warned' | 'breached' | 'lapsed' | 'escalated'

export interface Happened {
  /** The same for the same happening, whenever it is read: by it one remembers whom it was told. A clock warns and escalates again where its measure changed. */
  readonly id: string
  readonly what: Happening
  readonly at: Date
  /** When it could first be known: later than `at` where terms that count from the beginning made it so. */
  readonly knownAt: Date
}

/** One round of one clock, as it stands at a moment. Of a clock that has not started there is one reading without a start. */
export interface Reading {
  /** The same for the same round, whenever it is read; unlike the number of the round it does not move when something earlier is written down later. */
  readonly id: string
  readonly slot: string
  readonly terms: { readonly key: string; readonly source: Source; readonly name: string; readonly version: number | null }
  readonly key: string
  readonly ends: End
  /** From 1; 0: not started. */
  readonly round: number
  readonly isLatest: boolean
  /** `breached`: it was missed once, whether it was met later (`metAt`) or still runs. `cancelled`: it ended without being met or, as a chance, lapsed. */
  readonly state: 'not-started' | 'running' | 'paused' | 'met' | 'breached' | 'cancelled'
  readonly startedAt: Date | null
  readonly startedBy: Moment['kind'] | null
  /** Null while it is held (unless a cap holds), where it was cancelled, and where no hours are ever open. */
  readonly dueAt: Date | null
  /** Of a measure in days: its last day, since the instant that ends a day already belongs to the next. */
  readonly dueDay: string | null
  readonly dueIfResumed: Date | null
  readonly warnAt: Date | null
  readonly escalateAt: Date | null
  readonly metAt: Date | null
  readonly breachedAt: Date | null
  readonly cancelledAt: Date | null
  readonly cancelledBy: Moment['kind'] | 'lapsed' | null
  readonly pausedFor: string | null
  /** Open time (of plain minutes, all time) in which it has run, and in which it was held. */
  readonly openSpentMs: number
  readonly pausedMs: number
  /** How much of the measure is used up; 1 at the due time. */
  readonly share: number
  readonly happened: readonly Happened[]
  /** What comes next if nothing is written. Later than the moment of the reading. */
  readonly next: { readonly what: Happening; readonly at: Date } | null
  readonly grounds: Grounds
}

/**
 * Reads the clocks of a case at a moment out of its log, which alone decides: reading twice, earlier or later, gives the same due time as long as nothing is written. Only what had happened by `now` counts,
 * so any past moment can be shown as it was. What is decided about starts, ends and reopening stands at `roundsOf`, about pauses and terms at `Moment`; the rest:
 *
 * - A pause moves the due time by the open time that passed in it. Of a measure in days it moves it by the days that ended in it. A target that allows no pauses runs on, shown as running.
 * - An answer counts when it is given, also outside of working hours; no open time passes then.
 * - Another department or calendar counts from then on; what was spent on the old one stays spent.
 * - New terms count from then on: what was spent stays, what is left is the new measure less that; where it measures in another unit, it counts over the whole round. A target that the new terms lack is
 *   cancelled. Nothing falls due before the terms that say so hold.
 * - A breach stays on the record of its round, whatever comes later; of terms that count from the beginning, whatever they make of it.
 * - Met at the very instant of the due time is met.
 *
 * @param calendarFor the working hours by the key that the log names; the same object for the same key, since calendars remember days
 */
export function readClocks(
  log: readonly Moment[],
  terms: readonly Terms[],
  calendarFor: (key: string) => Calendar,
  now: Date,
): readonly Reading[] {
  const moments = until(log, now)
  const holds = holdsOf(moments)
  const stays = {
    department: staysOf(moments, 'department', calendarFor),
    customer: staysOf(moments, 'customer', calendarFor),
    company: staysOf(moments, 'company', calendarFor),
  }
  return [...periodsOf(moments, terms)].flatMap(([slot, periods]) => {
    const keys = new Set(periods.flatMap((period) => (period.terms?.targets ?? []).map(({ key }) => key)))
    return [...keys].flatMap((key) => readTarget({ slot, key, periods, moments, holds, stays, now: now.getTime() }))
  })
}

interface Context {
  readonly slot: string
  readonly key: string
  readonly periods: readonly Period[]
  readonly moments: readonly Moment[]
  readonly holds: readonly Hold[]
  readonly stays: Readonly<Record<Target['hours'], readonly Stay[]>>
  readonly now: number
}

function readTarget(context: Context): Reading[] {
  const { slot, key, periods, moments } = context
  const spans = periods.flatMap((period): Span[] => {
    const target = period.terms?.targets.find((one) => one.key === key)
    if (!target || !period.terms) return []
    const terms = period.terms
    const rounds = roundsOf(target, moments, !hasFirstResponse(terms))
    return rounds.flatMap((round, i) => {
      const sameStart = rounds.slice(0, i).filter(({ startedAt }) => startedAt === round.startedAt).length
      const id = `${slot} ${key} ${new Date(round.startedAt).toISOString()}${sameStart === 0 ? '' : ` ${sameStart + 1}`}`
      return isWithin(round, period) ? [{ id, target, terms, period, round }] : []
    })
  })
  const rounds = [...Map.groupBy(spans, ({ id }) => id).values()].sort((a, b) => a[0]!.round.startedAt - b[0]!.round.startedAt)
  const inForce = periods.at(-1)?.terms
  const target = inForce?.targets.find((one) => one.key === key)
  if (rounds.length === 0) return inForce && target ? [notStarted(slot, inForce, target)] : []
  return rounds.map((one, i) => readRound(context, one, i + 1, i === rounds.length - 1))
}

/** A round that ended before the period has nothing to do with it, nor one that starts after it. */
const isWithin = ({ startedAt, endedAt }: Round, { from, to }: Period) =>
  startedAt < to && (endedAt === null || endedAt > from || startedAt >= from)

function readRound(context: Context, spans: readonly Span[], number: number, isLatest: boolean): Reading {
  const { slot, key, moments, now } = context
  const { round, period, terms, target, id } = spans.at(-1)!
  const laws = lawsOf(spans, moments, slot)
  const law = laws.at(-1)!
  const ground = groundOf(laws, round, context)
  const plan = planOf(law, ground)
  const ending = endingOf(round, period)
  const happened = happenedIn(id, laws, round, context)
  const at = (what: Happening) => happened.find((one) => one.id === happeningId(id, what, law))?.at ?? null

  const breachedAt = at('breached')
  const lapsedAt = at('lapsed')
  const end = lapsedAt ? ({ at: lapsedAt.getTime(), how: 'cancelled', by: 'lapsed' } as const) : ending
  const isCancelled = end?.how === 'cancelled'
  const until = Math.min(now, end?.at ?? now)
  const { unit } = law.target.measure
  const hold = end === null ? ground.holds.find(({ from, to }) => from <= now && to === Number.POSITIVE_INFINITY) : undefined
  const resumed = hold && planOf(law, { ...ground, holds: ground.holds.map((one) => (one === hold ? { ...one, to: now } : one)) })
  const warn = end || breachedAt || (plan.warn !== null && plan.due !== null && plan.warn >= plan.due) ? null : dateOf(plan.warn)
  const escalate = end || target.missing === 'lapse' ? null : dateOf(plan.escalate)
  const spent = passed(runningPieces(round.startedAt, until, ground.stays, ground.holds), unit)
  return {
    id,
    slot,
    terms: nameOf(terms),
    key,
    ends: target.ends,
    round: number,
    isLatest,
    state: isCancelled ? 'cancelled' : breachedAt ? 'breached' : end ? 'met' : hold ? 'paused' : 'running',
    startedAt: new Date(round.startedAt),
    startedBy: round.startedBy,
    dueAt: isCancelled ? null : dateOf(plan.due),
    dueDay: isCancelled ? null : plan.day,
    dueIfResumed: resumed ? dateOf(resumed.due) : null,
    warnAt: at('warned') ?? warn,
    escalateAt: at('escalated') ?? escalate,
    metAt: end?.how === 'met' ? new Date(end.at) : null,
    breachedAt,
    cancelledAt: isCancelled ? new Date(end.at) : null,
    cancelledBy: isCancelled ? end.by : null,
    pausedFor: hold?.reason ?? null,
    openSpentMs: spent,
    pausedMs: passed(runningPieces(round.startedAt, until, ground.stays, []), unit) - spent,
    share: plan.share(until),
    happened,
    next: earliest([
      { what: 'warned', at: at('warned') ? null : warn },
      { what: target.missing === 'lapse' ? 'lapsed' : 'breached', at: end || breachedAt ? null : dateOf(plan.due) },
      { what: 'escalated', at: at('escalated') ? null : escalate },
    ]),
    grounds: groundsOf(laws, ground, plan, until),
  }
}

/** How the round ended: by itself, or because the terms of which it was part no longer hold. */
function endingOf({ endedAt, ending, endedBy }: Round, { to }: Period) {
  if (endedAt !== null && endedAt <= to) return { at: endedAt, how: ending!, by: endedBy! }
  return to === Number.POSITIVE_INFINITY ? null : { at: to, how: 'cancelled' as const, by: 'terms-changed' as const }
}

const happeningId = (round: string, what: Happening, { target: { measure } }: Law) =>
  what === 'breached' || what === 'lapsed' ? `${round} ${what}` : `${round} ${what} ${measure.amount} ${measure.unit}`

/** What has come true in a round, in order: warnings and escalations once for each measure, of which none warns after the breach, and one breach. */
function happenedIn(id: string, laws: readonly Law[], round: Round, context: Context): Happened[] {
  const found = new Map<string, Happened>()
  let isOver = false
  laws.forEach((law, i) => {
    const plan = planOf(law, groundOf(laws.slice(0, i + 1), round, context))
    const isChance = law.target.missing === 'lapse'
    // Nothing comes true while the case is solved: what fell into that time does when it is reopened.
    const shown = (planned: number | null) =>
      round.gaps.find(({ from, to }) => planned !== null && from <= planned && planned < to)?.to ?? planned
    const [warn, due] = [shown(plan.warn), shown(plan.due)]
    const note = (what: Happening, at: number | null): boolean => {
      const key = happeningId(id, what, law)
      if (at === null || found.has(key)) return false
      if (at < law.from || at >= law.to || at >= law.end || at > context.now) return false
      found.set(key, { id: key, what, at: new Date(at), knownAt: new Date(Math.max(at, law.decided)) })
      return true
    }
    if (!isOver) {
      if (warn !== null && (due === null || warn < due)) note('warned', warn)
      isOver = note(isChance ? 'lapsed' : 'breached', due)
    }
    if (!isChance) note('escalated', shown(plan.escalate))
  })
  return [...found.values()].sort((a, b) => a.at.getTime() - b.at.getTime())
}

const earliest = (planned: readonly { readonly what: Happening; readonly at: Date | null }[]): Reading['next'] =>
  planned.flatMap(({ what, at }) => (at ? [{ what, at }] : [])).sort((a, b) => a.at.getTime() - b.at.getTime())[0] ?? null

const dateOf = (at: number | null) => (at === null ? null : new Date(at))
const nameOf = ({ key, source, name, version }: Terms): Reading['terms'] => ({ key, source, name, version })

function notStarted(slot: string, terms: Terms, { key, ends, measure, cap }: Target): Reading {
  return {
    id: `${slot} ${key}`,
    slot,
    terms: nameOf(terms),
    key,
    ends,
    round: 0,
    isLatest: true,
    state: 'not-started',
    ...{ startedAt: null, startedBy: null, dueAt: null, dueDay: null, dueIfResumed: null, warnAt: null, escalateAt: null },
    ...{ metAt: null, breachedAt: null, cancelledAt: null, cancelledBy: null, pausedFor: null },
    ...{ openSpentMs: 0, pausedMs: 0, share: 0, happened: [], next: null },
    grounds: { measure, cap, isCapped: false, laws: [], calendars: [], holds: [] },
  }
}
