import type { Tier } from '#modules/customers/domain/book.ts'
import type { Severity } from '../taxonomy.ts'

export interface QueueItem {
  readonly id: string
  readonly receivedAt: Date
  /** Earliest due time of a clock that runs, or null. */
  readonly dueAt: Date | null
  readonly tier: Tier | null
  readonly severity: Severity
  /** The place in queues that the policy of the customer gives, raised where it was said again or went higher: 1 first, 9 last. */
  readonly place: number
  /** Something has to be done at once: danger to somebody (see assessSeverity). */
  readonly immediate: boolean
}

/** The place that is no head start. */
export const lastPlace = 9

/**
 * How far ahead of their due time cases are taken up, in minutes: a case of a platinum customer with a head start of 240 stands where a case due four hours
 * earlier would. `placeHeadStart` counts for each place before the last. All at least 0. `withoutDueMinutes` is the target of a case without a due time.
 */
export interface QueueRules {
  readonly tierHeadStart: Readonly<Record<Tier, number>>
  readonly severityHeadStart: Readonly<Record<Severity, number>>
  readonly placeHeadStart: number
  readonly withoutDueMinutes: number
}

export const defaultQueueRules: QueueRules = {
  tierHeadStart: { platinum: 480, gold: 240, iron: 60, lead: 0 },
  severityHeadStart: { 1: 1440, 2: 480, 3: 120, 4: 0 },
  placeHeadStart: 30,
  withoutDueMinutes: 5 * 1440,
}

const minute = 60_000

/**
 * The instant a case is ranked by: its due time, less the head starts of its tier, severity and place. It does not depend on the clock, so it can be kept with the
 * case and indexed.
 *
 * Nobody starves by it. A case that arrives later goes ahead only while its rank is earlier, which its receipt plus target less head starts cannot be for ever:
 * see `overtakingEndsAfter`. An earlier due time, a higher tier, a graver severity or an earlier place never moves a case back.
 */
export function rankTime(item: QueueItem, rules: QueueRules): Date {
  const due = item.dueAt?.getTime() ?? item.receivedAt.getTime() + rules.withoutDueMinutes * minute
  return new Date(due - headStart(item, rules) * minute)
}

const headStart = ({ tier, severity, place }: QueueItem, rules: QueueRules): number =>
  (tier === null ? 0 : rules.tierHeadStart[tier]) + rules.severityHeadStart[severity] + ofPlace(place, rules)

const ofPlace = (place: number, { placeHeadStart }: QueueRules): number => (lastPlace - place) * placeHeadStart

/**
 * Minutes after its receipt from which on nothing that arrives goes ahead of the case any more, dangers apart: time from receipt to due, plus the largest head
 * start there is, less its own. A new case is never due before it is received.
 */
export function overtakingEndsAfter(item: QueueItem, rules: QueueRules): number {
  const most = Math.max(...Object.values(rules.tierHeadStart)) + Math.max(...Object.values(rules.severityHeadStart)) + ofPlace(1, rules)
  return Math.max(0, (rankTime(item, rules).getTime() - item.receivedAt.getTime()) / minute + most)
}

/** Why one case stands before another, the first that sets them apart. rank: see the other parts of the explanation. */
export type QueueOrder = 'immediate' | 'rank' | 'severity' | 'age' | 'id'

/** Negative: a is taken up before b. A total order: dangers first, then rank time, severity, receipt, id. 0 only for the same id with the same values. */
export function compareInQueue(a: QueueItem, b: QueueItem, rules: QueueRules): number {
  return differenceOf(a, b, rules)[1]
}

function differenceOf(a: QueueItem, b: QueueItem, rules: QueueRules): readonly [QueueOrder, number] {
  if (a.immediate !== b.immediate) return ['immediate', a.immediate ? -1 : 1]
  const byRank = rankTime(a, rules).getTime() - rankTime(b, rules).getTime()
  if (byRank !== 0) return ['rank', byRank]
  if (a.severity !== b.severity) return ['severity', a.severity - b.severity]
  const byAge = a.receivedAt.getTime() - b.receivedAt.getTime()
  if (byAge !== 0) return ['age', byAge]
  return ['id', a.id < b.id ? -1 : a.id > b.id ? 1 : 0]
}

/**
 * What is said of a case's position, such as "platinum (8 h ahead); due in 2 h; severe (8 h ahead); waiting 3 h". Minutes are rounded down; a due time that has
 * passed is negative.
 */
export interface QueuePlace {
  readonly id: string
  /** From 1. */
  readonly position: number
  readonly rankAt: Date
  readonly immediate: boolean
  readonly tier: { readonly tier: Tier; readonly headStartMinutes: number } | null
  /** Null without a due time; the rank then supposes `withoutDueMinutes`. */
  readonly dueInMinutes: number | null
  readonly severity: { readonly severity: Severity; readonly headStartMinutes: number }
  readonly place: { readonly place: number; readonly headStartMinutes: number }
  readonly waitedMinutes: number
  /** What sets it apart from the case before it; null for the first. */
  readonly behindBy: QueueOrder | null
}

/** The cases in the order in which they are taken up, each with the reason of its position. `now` only serves the words: the order itself does not depend on it. */
export function queueOrder(items: readonly QueueItem[], rules: QueueRules, now: Date): readonly QueuePlace[] {
  const sorted = items.toSorted((a, b) => compareInQueue(a, b, rules))
  return sorted.map((item, i) => ({
    id: item.id,
    position: i + 1,
    rankAt: rankTime(item, rules),
    immediate: item.immediate,
    tier: item.tier === null ? null : { tier: item.tier, headStartMinutes: rules.tierHeadStart[item.tier] },
    dueInMinutes: item.dueAt === null ? null : Math.floor((item.dueAt.getTime() - now.getTime()) / minute),
    severity: { severity: item.severity, headStartMinutes: rules.severityHeadStart[item.severity] },
    place: { place: item.place, headStartMinutes: ofPlace(item.place, rules) },
    waitedMinutes: Math.max(0, Math.floor((now.getTime() - item.receivedAt.getTime()) / minute)),
    behindBy: i === 0 ? null : differenceOf(sorted[i - 1]!, item, rules)[0],
  }))
}
