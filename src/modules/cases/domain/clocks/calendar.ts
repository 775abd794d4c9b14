import { type WorkingClock, type WorkingHours, workingClock } from '#modules/organization/domain/calendar.ts'
import { wallClockOffset } from '#modules/organization/domain/wall-clock.ts'
import { inDays, type Measure } from './target.ts'

/** Working hours under the key by which logs name them, ready to be asked. Days are whole days since 1970-01-01 on the wall; instants milliseconds since 1970 UTC. Make it once and ask it often. */
export interface Calendar {
  readonly key: string
  readonly hours: WorkingHours
  readonly clock: WorkingClock
  dayOf(at: number): number
  /** The first instant of a day. */
  startOf(day: number): number
  /** The last instant at which a day is open, or null where it never is. */
  closeOf(day: number): number | null
}

const dayLength = 86_400_000

export function calendarOf(key: string, hours: WorkingHours): Calendar {
  const clock = workingClock(hours)
  const offset = wallClockOffset(hours.timeZone)
  const startOf = (day: number) => day * dayLength - offset.ofWall(day * dayLength)
  const closes = new Map<number, number | null>()
  return {
    key,
    hours,
    clock,
    dayOf: (at) => Math.floor((at + offset.ofUtc(at)) / dayLength),
    startOf,
    closeOf(day) {
      const known = closes.get(day)
      if (known !== undefined) return known
      if (closes.size > 20_000) closes.clear()
      const start = new Date(startOf(day))
      const open = clock.between(start, new Date(startOf(day + 1)))
      const close = open === 0 ? null : clock.after(start, open)!.getTime()
      closes.set(day, close)
      return close
    },
  }
}

/** Open at every moment: what counts where nobody has said whose hours do. */
export const alwaysOpen: Calendar = calendarOf('always', {
  timeZone: 'UTC',
  week: Array.from({ length: 7 }, () => [{ from: 0, to: 1440 }]),
  specialDays: [],
})

/** From when on which calendar counts; the first since ever. */
export interface Stay {
  readonly at: number
  readonly calendar: Calendar
}

/** A stretch in which a clock is held. `to` is Infinity while it lasts. */
export interface Hold {
  readonly from: number
  readonly to: number
  readonly reason: string
}

/** A stretch in which a clock runs, all of it on one calendar. */
export interface Piece {
  readonly from: number
  readonly to: number
  readonly calendar: Calendar
}

/** The stretches from an instant to another (or for ever) in which a clock runs: cut where the calendar changes, without what is held. Holds may overlap and come in any order. */
export function runningPieces(from: number, to: number, stays: readonly Stay[], holds: readonly Hold[]): Piece[] {
  return stays.flatMap(({ at, calendar }, i) => {
    const stay = { from: Math.max(from, at), to: Math.min(to, stays[i + 1]?.at ?? Number.POSITIVE_INFINITY) }
    return without(stay, holds).map((piece) => ({ ...piece, calendar }))
  })
}

function without(whole: { readonly from: number; readonly to: number }, holds: readonly Hold[]): { from: number; to: number }[] {
  const left: { from: number; to: number }[] = []
  let at = whole.from
  for (const hold of holds.toSorted((a, b) => a.from - b.from)) {
    if (hold.from > at && at < whole.to) left.push({ from: at, to: Math.min(hold.from, whole.to) })
    at = Math.max(at, hold.to)
  }
  if (at < whole.to) left.push({ from: at, to: whole.to })
  return left
}

/** A clock that never stops. */
const elapsed: WorkingClock = {
  isOpen: () => true,
  between: (from, to) => Math.max(0, to.getTime() - from.getTime()),
  after: (from, open) => new Date(from.getTime() + open),
}
const clockFor = ({ calendar }: Piece, unit: Measure['unit']): WorkingClock => (unit === 'minutes' ? elapsed : calendar.clock)

/** Milliseconds that pass within the pieces: open ones, or, measured in plain minutes, all. */
export const passed = (pieces: readonly Piece[], unit: Measure['unit']): number =>
  pieces.reduce((sum, piece) => sum + clockFor(piece, unit).between(new Date(piece.from), new Date(piece.to)), 0)

/** The instant at which so many milliseconds (open ones, or in plain minutes all) have passed within the pieces; of none, where they begin. Null where they do not hold so much. */
export function reach(pieces: readonly Piece[], milliseconds: number, unit: 'working-minutes' | 'minutes'): number | null {
  let left = milliseconds
  for (const piece of pieces) {
    if (left <= 0) return piece.from
    const clock = clockFor(piece, unit)
    if (piece.to === Number.POSITIVE_INFINITY) return clock.after(new Date(piece.from), left)?.getTime() ?? null
    const open = clock.between(new Date(piece.from), new Date(piece.to))
    if (open >= left) return clock.after(new Date(piece.from), left)?.getTime() ?? null
    left -= open
  }
  return null
}

/** As far as a search for a day goes, and as the working clock itself does: ten years. */
const longestLook = 3660

/**
 * The end of the n-th day after the day of the start, on the calendars of the pieces: business days end with their close, calendar days with their last instant. A day whose end falls outside of the
 * pieces (in a pause) does not count. No date counts twice where a calendar of another time zone takes over.
 */
function reachDay(pieces: readonly Piece[], startDay: number, amount: number, unit: 'business-days' | 'calendar-days'): number | null {
  let [last, count] = [startDay, 0]
  for (const { from, to, calendar } of pieces) {
    const first = calendar.dayOf(from)
    for (let day = first; day < first + longestLook && calendar.startOf(day) <= to; day++) {
      const end = unit === 'business-days' ? calendar.closeOf(day) : calendar.startOf(day + 1)
      if (end === null || end <= from || end > to || day <= last) continue
      last = day
      if (++count === amount) return end
    }
  }
  return null
}

/** When a measure is over that starts on a day, at the beginning of the pieces; null where they never hold it. */
export function endOf(measure: Measure, startDay: number, pieces: readonly Piece[]): number | null {
  const { unit, amount } = inDays(measure)
  if (unit === 'working-minutes' || unit === 'minutes') return reach(pieces, amount * 60_000, unit)
  return reachDay(pieces, startDay, amount, unit === 'business-days' ? unit : 'calendar-days')
}
