import { alwaysOpen, type Calendar, type Hold, type Stay } from './calendar.ts'
import type { Target, Terms } from './target.ts'

/**
 * What clocks need to know of a case's history, in the order in which it was written. `at` is when it happened, which may be long before it was written down: an answer given by phone on Monday and noted on
 * Tuesday was given on Monday.
 *
 * - `acknowledged` may be automatic; `responded` is a person's answer to the customer, inside or outside of working hours. Internal notes and automatic mails are neither.
 * - `paused` lasts until `resumed` names its reason (or none: everything goes on), or, where it waits for the customer, until the customer writes. Solving, closing, merging and withdrawing end all pauses.
 * - `terms-changed` says which terms fill a slot: the policy, the process, one slot for each regime. From then on: what was spent stays spent, what was breached stays breached, and nothing falls due before
 *   the change. From the beginning: as if they had always been in force, also where that makes a breach or unmakes one. `null`: no terms any more.
 * - `extended` grants an extension of a target to the clock that runs then.
 * - `calendar-changed` and `department-changed` name the working hours that count from then on; the first, where it is of the department, is no hand-over. The first company's or customer's calendar counts since ever; before the first department the company's does.
 * - `merged`: the case lives on in another one. Nothing of it ever runs again.
 * - `withdrawn`: the customer takes it back, or it was none (spam). Everything stops that moment; reopening starts anew.
 */
export type Moment = { readonly at: Date } & (
  | {
      readonly kind:
        | 'received'
        | 'recorded'
        | 'acknowledged'
        | 'customer-message'
        | 'responded'
        | 'resolved'
        | 'closed'
        | 'reopened'
        | 'merged'
        | 'withdrawn'
    }
  | { readonly kind: 'step-entered' | 'step-left'; readonly step: string }
  | { readonly kind: 'paused'; readonly reason: string; readonly endsOn: 'resumed' | 'customer-message' }
  | { readonly kind: 'resumed'; readonly reason: string | null }
  | {
      readonly kind: 'terms-changed'
      readonly slot: string
      readonly terms: string | null
      readonly effect: 'from-then-on' | 'from-the-beginning'
    }
  | { readonly kind: 'extended'; readonly slot: string; readonly target: string; readonly extension: string }
  | { readonly kind: 'calendar-changed'; readonly whose: 'customer' | 'company' | 'department'; readonly calendar: string }
  | { readonly kind: 'department-changed'; readonly department: string; readonly calendar: string }
)

/** What had happened by a moment, earliest first; of what happened at once, in the order in which it was written. */
export const until = (log: readonly Moment[], now: Date): Moment[] =>
  log.filter(({ at }) => at <= now).toSorted((a, b) => a.at.getTime() - b.at.getTime())

/** After these a case waits for nobody. */
export const isEnding = ({ kind }: Moment): boolean => kind === 'resolved' || kind === 'closed' || kind === 'merged' || kind === 'withdrawn'

/**
 * The stretches in which a case waits. Where it waits for several things at once it does so once, and the stretch is called after what it has waited for longest. The last one ends at Infinity where it has
 * not ended. Moments in order.
 */
export function holdsOf(moments: readonly Moment[]): Hold[] {
  const holds: Hold[] = []
  const waiting = new Map<string, 'resumed' | 'customer-message'>()
  for (const moment of moments) {
    if (moment.kind === 'paused') {
      if (!waiting.has(moment.reason)) waiting.set(moment.reason, moment.endsOn)
    } else if (moment.kind === 'resumed' && moment.reason !== null) waiting.delete(moment.reason)
    else if (moment.kind === 'resumed' || isEnding(moment)) waiting.clear()
    else if (moment.kind === 'customer-message') {
      for (const [reason, endsOn] of waiting) if (endsOn === 'customer-message') waiting.delete(reason)
    }
    const reason = waiting.keys().next().value ?? null
    const last = holds.at(-1)
    const since = last?.to === Number.POSITIVE_INFINITY ? last : null
    if (reason === (since?.reason ?? null)) continue
    const at = moment.at.getTime()
    if (since) holds.splice(-1, 1, ...(since.from < at ? [{ ...since, to: at }] : []))
    if (reason !== null) holds.push({ from: at, to: Number.POSITIVE_INFINITY, reason })
  }
  return holds
}

/** Whose hours count from when on. Where nobody has said, the company's do; where nobody has said anything, every hour. */
export function staysOf(moments: readonly Moment[], whose: Target['hours'], calendarFor: (key: string) => Calendar): Stay[] {
  const named = (owner: Target['hours']): Stay[] =>
    moments.flatMap((moment) => {
      const names = moment.kind === 'department-changed' ? 'department' : moment.kind === 'calendar-changed' ? moment.whose : null
      return names === owner && 'calendar' in moment ? [{ at: moment.at.getTime(), calendar: calendarFor(moment.calendar) }] : []
    })
  const own = named(whose)
  // A department takes over from the company; a customer is where they are from the beginning.
  const before = whose === 'department' || (whose === 'customer' && own.length === 0) ? named('company') : []
  const [first, ...others] = [...before.filter(({ at }) => at < (own[0]?.at ?? Number.POSITIVE_INFINITY)), ...own]
  return [{ calendar: first?.calendar ?? alwaysOpen, at: Number.NEGATIVE_INFINITY }, ...others]
}

/** A stretch in which a slot has the same terms, or none. */
export interface Period {
  readonly terms: Terms | null
  readonly from: number
  readonly to: number
  /** When it was decided: later than `from` where it counts from the beginning. */
  readonly decided: number
}

/** What was in force in each slot, in order of time. What counts from the beginning replaces everything before it. Throws where the log names terms that are not given. */
export function periodsOf(moments: readonly Moment[], terms: readonly Terms[]): Map<string, readonly Period[]> {
  const known = new Map(terms.map((one) => [one.key, one]))
  const slots = new Map<string, readonly Period[]>()
  for (const moment of moments) {
    if (moment.kind !== 'terms-changed') continue
    const found = moment.terms === null ? null : known.get(moment.terms)
    if (found === undefined) throw new Error(`The log names terms that are not known: ${moment.terms}`)
    const at = moment.at.getTime()
    const before = moment.effect === 'from-the-beginning' ? [] : (slots.get(moment.slot) ?? [])
    const from = moment.effect === 'from-the-beginning' ? Number.NEGATIVE_INFINITY : at
    const closed = before.map((period, i) => (i === before.length - 1 ? { ...period, to: at } : period))
    slots.set(moment.slot, [...closed, { terms: found, from, to: Number.POSITIVE_INFINITY, decided: at }])
  }
  return slots
}
