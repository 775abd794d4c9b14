import { alwaysOpen, type Calendar, passed, runningPieces } from './calendar.ts'
import { groundStays } from './laws.ts'
import type { Moment } from './log.ts'
import type { Reading } from './reading.ts'
import type { Measure, Source } from './target.ts'

/** What can be said about a due time, each a sentence or half of one. Screens have the words; dates are said in `timeZone`. */
export type Part =
  | { readonly part: 'due'; readonly at: Date; readonly day: string | null; readonly timeZone: string }
  | { readonly part: 'held'; readonly reason: string; readonly since: Date; readonly dueIfResumed: Date | null }
  | { readonly part: 'never-open'; readonly calendar: string }
  | { readonly part: 'met' | 'breached'; readonly at: Date }
  | { readonly part: 'cancelled'; readonly at: Date; readonly by: Reading['cancelledBy'] }
  | { readonly part: 'measure'; readonly measure: Measure; readonly from: Date; readonly startedBy: Moment['kind'] }
  | { readonly part: 'round'; readonly round: number }
  /** Nobody worked for so long altogether; the first stretches, and how many more there were. */
  | {
      readonly part: 'closed'
      readonly ms: number
      readonly stretches: readonly { readonly from: Date; readonly to: Date }[]
      readonly more: number
    }
  | { readonly part: 'special-day'; readonly day: string; readonly name: string; readonly isClosed: boolean }
  | { readonly part: 'paused'; readonly reason: string; readonly openMs: number; readonly times: number }
  | { readonly part: 'calendar'; readonly key: string; readonly timeZone: string; readonly since: Date | null }
  | { readonly part: 'extended'; readonly extension: string; readonly measure: Measure; readonly at: Date }
  | { readonly part: 'changed'; readonly from: Measure; readonly to: Measure; readonly at: Date }
  | { readonly part: 'capped'; readonly cap: Measure }
  | { readonly part: 'terms'; readonly source: Source; readonly name: string; readonly version: number | null }

/** How many closed stretches are worth reading; the rest is counted. */
const listedStretches = 3

/**
 * Why a clock is due when it is, as data: "due Tue 10:40, because 8 working hours from Mon 14:00; closed 18:00 to 09:00; paused 3 h 12 for waiting for the customer; by policy Platinum, version 3". Nothing for a
 * clock that has not started.
 *
 * @param calendarFor as for `readClocks`
 */
export function explain(reading: Reading, calendarFor: (key: string) => Calendar): readonly Part[] {
  const { grounds, startedAt, dueAt, pausedFor } = reading
  if (!startedAt || !reading.startedBy) return []
  const timeZone = grounds.calendars.at(-1)?.timeZone ?? 'UTC'
  const held = grounds.holds.findLast(({ to }) => to === null)
  const outcome: Part[] = [
    ...(dueAt ? [{ part: 'due', at: dueAt, day: reading.dueDay, timeZone } as const] : []),
    ...(held && pausedFor ? [{ part: 'held', reason: pausedFor, since: held.from, dueIfResumed: reading.dueIfResumed } as const] : []),
    ...(reading.state === 'running' && !dueAt ? [{ part: 'never-open', calendar: grounds.calendars.at(-1)?.key ?? '' } as const] : []),
    ...(reading.breachedAt ? [{ part: 'breached', at: reading.breachedAt } as const] : []),
    ...(reading.metAt ? [{ part: 'met', at: reading.metAt } as const] : []),
    ...(reading.cancelledAt ? [{ part: 'cancelled', at: reading.cancelledAt, by: reading.cancelledBy } as const] : []),
  ]
  const until = dueAt ?? reading.dueIfResumed
  return [
    ...outcome,
    { part: 'measure', measure: grounds.measure, from: startedAt, startedBy: reading.startedBy },
    ...(reading.round > 1 ? [{ part: 'round', round: reading.round } as const] : []),
    ...(until && countsHours(grounds.measure) ? closedParts(reading, startedAt, until, calendarFor) : []),
    ...pauses(reading),
    ...(grounds.calendars.length > 1 || grounds.calendars[0]?.key !== alwaysOpen.key
      ? grounds.calendars.map((calendar) => ({ part: 'calendar', ...calendar }) as const)
      : []),
    ...changes(reading),
    ...(grounds.cap && grounds.isCapped ? [{ part: 'capped', cap: grounds.cap } as const] : []),
    { part: 'terms', source: reading.terms.source, name: reading.terms.name, version: reading.terms.version },
  ]
}

const countsHours = ({ unit }: Measure) => unit === 'working-minutes' || unit === 'business-days'

/** Pauses by what was waited for, in the order in which they began. */
function pauses({ grounds }: Reading): Part[] {
  return [...Map.groupBy(grounds.holds, ({ reason }) => reason)].map(([reason, holds]) => ({
    part: 'paused',
    reason,
    openMs: holds.reduce((sum, { openMs }) => sum + openMs, 0),
    times: holds.length,
  }))
}

function changes({ grounds }: Reading): Part[] {
  return grounds.laws.slice(1).flatMap((law, i): Part[] => {
    const before = grounds.laws[i]!
    if (!law.since) return []
    if (law.extension !== null && law.extension !== before.extension)
      return [{ part: 'extended', extension: law.extension, measure: law.measure, at: law.since }]
    const isSame = law.measure.unit === before.measure.unit && law.measure.amount === before.measure.amount
    return isSame ? [] : [{ part: 'changed', from: before.measure, to: law.measure, at: law.since }]
  })
}

function closedParts({ grounds }: Reading, from: Date, to: Date, calendarFor: (key: string) => Calendar): Part[] {
  const pieces = runningPieces(from.getTime(), to.getTime(), groundStays(grounds, calendarFor), []).filter(
    ({ calendar }) => calendar.key !== alwaysOpen.key,
  )
  const ms = pieces.reduce((sum, piece) => sum + piece.to - piece.from, 0) - passed(pieces, 'working-minutes')
  if (ms === 0) return []
  const stretches: { from: Date; to: Date }[] = []
  let more = 0
  for (const piece of pieces)
    for (const stretch of closedStretches(piece.calendar, piece.from, piece.to)) {
      if (stretches.length < listedStretches) stretches.push({ from: new Date(stretch.from), to: new Date(stretch.to) })
      else more++
    }
  const days = pieces.flatMap(({ calendar, from, to }) => specialDays(calendar, from, to))
  return [{ part: 'closed', ms, stretches, more }, ...days]
}

/** Holidays and days of other hours that lie in a stretch, as the calendar's owner calls them. */
function specialDays({ hours, dayOf }: Calendar, from: number, to: number): Part[] {
  const [first, last] = [dayOf(from), dayOf(to - 1)]
  return hours.specialDays
    .filter(({ day }) => Date.parse(`${day}T00:00:00Z`) / 86_400_000 >= first && Date.parse(`${day}T00:00:00Z`) / 86_400_000 <= last)
    .toSorted((a, b) => (a.day < b.day ? -1 : 1))
    .map(({ day, name, intervals }) => ({ part: 'special-day', day, name, isClosed: intervals.length === 0 }))
}

/** The stretches between two instants in which nobody works. */
export function closedStretches({ clock }: Calendar, from: number, to: number): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = []
  for (let at = from; at < to; ) {
    const opens = Math.min(clock.after(new Date(at), 0)?.getTime() ?? to, to)
    if (opens > at) found.push({ from: at, to: opens })
    at = openUntil(clock, opens, to)
  }
  return found
}

/** Until when a clock that is open stays so: as far as all the time is open time, by halves, to the minute. */
function openUntil(clock: Calendar['clock'], from: number, to: number): number {
  const isOpenThroughout = (end: number) => clock.between(new Date(from), new Date(end)) === end - from
  if (from >= to || isOpenThroughout(to)) return to
  let [open, closed] = [0, Math.ceil((to - from) / 60_000)]
  while (closed - open > 1) {
    const middle = (open + closed) >> 1
    if (isOpenThroughout(from + middle * 60_000)) open = middle
    else closed = middle
  }
  // Hours begin and end at whole minutes of the wall; the clock may have been asked from within one.
  return Math.min(to, from + clock.between(new Date(from), new Date(from + closed * 60_000)))
}

/** The clocks that wait for the same thing, whoever set them: the policy's beside the regulator's. The one that is due first binds. */
export interface SideBySide {
  readonly waitsFor: string
  readonly clocks: readonly Reading[]
  readonly binding: Reading | null
}

/** Puts the latest round of every clock that still runs beside those that wait for the same thing: acknowledgement, answer, solution, closing, or the leaving of a step. */
export function sideBySide(readings: readonly Reading[]): SideBySide[] {
  const running = readings.filter(({ isLatest, metAt, cancelledAt, startedAt }) => isLatest && startedAt && !metAt && !cancelledAt)
  const waitsFor = ({ ends }: Reading) => (ends.on === 'step-left' ? `step-left:${ends.step}` : ends.on)
  const dueOf = ({ dueAt }: Reading) => dueAt?.getTime() ?? Number.POSITIVE_INFINITY
  return [...Map.groupBy(running, waitsFor)].map(([name, clocks]) => {
    const sorted = clocks.toSorted((a, b) => dueOf(a) - dueOf(b))
    return { waitsFor: name, clocks: sorted, binding: sorted.find(({ dueAt }) => dueAt !== null) ?? null }
  })
}
