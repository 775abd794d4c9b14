import { wallClockOffset } from './wall-clock.ts'

/** Minutes after midnight on the wall, `from` included, `to` not; 0 … 1440, from < to. */
export interface Interval {
  readonly from: number
  readonly to: number
}

/** A day that differs from its weekday: closed where it has no intervals. */
export interface SpecialDay {
  /** `YYYY-MM-DD`. */
  readonly day: string
  readonly name: string
  readonly intervals: readonly Interval[]
}

/** When somebody works: by weekday (Monday first), except on special days, on the clocks of one time zone. */
export interface WorkingHours {
  readonly timeZone: string
  /** Seven lists. */
  readonly week: readonly (readonly Interval[])[]
  readonly specialDays: readonly SpecialDay[]
}

/** A stretch of open time, milliseconds since 1970 UTC, `from` included, `to` not. */
export interface OpenTime {
  readonly from: number
  readonly to: number
}

/** What is wrong with intervals of one day, or null: they have to lie within the day, in order, apart from each other. */
export function intervalProblem(intervals: readonly Interval[]): 'outside-day' | 'not-in-order' | null {
  let last = -1
  for (const { from, to } of intervals) {
    if (from < 0 || to > 1440 || from >= to || !Number.isInteger(from) || !Number.isInteger(to)) return 'outside-day'
    if (from < last) return 'not-in-order'
    last = to
  }
  return null
}

const minute = 60_000
const day = 86_400_000

/**
 * The clock of somebody's working hours. It is open at an instant exactly when the wall shows a time within an interval: the hour that a change of clocks skips is never open, the one
 * that it repeats counts twice. Build it once and ask it often; it remembers days. Verified against a simulation minute by minute.
 */
export interface WorkingClock {
  isOpen(at: Date): boolean
  /** Open milliseconds from one instant to another; 0 where `to` is not later. */
  between(from: Date, to: Date): number
  /**
   * The first instant at which so much open time (milliseconds, ≥ 0) has passed since `from`; of nothing, the first open instant from then on. Null where ten years do not hold so much.
   */
  after(from: Date, open: number): Date | null
}

const longestLook = 3660

export function workingClock(hours: WorkingHours): WorkingClock {
  const opened = openTimes(hours)
  const dayOf = (at: number) => Math.floor(at / day)
  return {
    isOpen: (at) => opened.around(dayOf(at.getTime())).some(({ from, to }) => from <= at.getTime() && at.getTime() < to),
    between(from, to) {
      let sum = 0
      // Local days begin up to fourteen hours before and end up to twelve hours after those of UTC.
      for (let d = dayOf(from.getTime()) - 1; d <= dayOf(to.getTime()) + 1; d++)
        for (const time of opened.of(d)) sum += Math.max(0, Math.min(time.to, to.getTime()) - Math.max(time.from, from.getTime()))
      return sum
    },
    after(from, open) {
      let left = open
      const first = dayOf(from.getTime()) - 1
      for (let d = first; d < first + longestLook; d++)
        for (const time of opened.of(d)) {
          const start = Math.max(time.from, from.getTime())
          if (start >= time.to) continue
          if (left < time.to - start || (left > 0 && left === time.to - start)) return new Date(start + left)
          left -= time.to - start
        }
      return null
    },
  }
}

/** The open times of local days (days since 1970-01-01), in order, remembered. */
function openTimes({ timeZone, week, specialDays }: WorkingHours) {
  const offset = wallClockOffset(timeZone)
  const special = new Map(specialDays.map(({ day: text, intervals }) => [Date.parse(`${text}T00:00:00Z`) / day, intervals]))
  const known = new Map<number, readonly OpenTime[]>()
  // 1970-01-01 was a Thursday.
  const intervalsOf = (d: number) => special.get(d) ?? week[(((d + 3) % 7) + 7) % 7] ?? []
  const of = (d: number): readonly OpenTime[] => {
    const found = known.get(d)
    if (found) return found
    if (known.size > 20_000) known.clear()
    const midnight = d * day
    const intervals = intervalsOf(d)
    const times =
      intervals.length === 0
        ? []
        : periods(offset.ofUtc, midnight - 15 * 60 * minute, midnight + day + 13 * 60 * minute)
            .flatMap((period) =>
              intervals.map((interval) => within(period, midnight + interval.from * minute, midnight + interval.to * minute)),
            )
            .filter(({ from, to }) => from < to)
    known.set(d, times)
    return times
  }
  return { of, around: (d: number) => [...of(d - 1), ...of(d), ...of(d + 1)] }
}

interface Period extends OpenTime {
  /** How far the wall is ahead of UTC throughout. */
  readonly ahead: number
}

/** From a wall time to another, as far as the period reaches. */
const within = ({ from, to, ahead }: Period, wallFrom: number, wallTo: number): OpenTime => ({
  from: Math.max(from, wallFrom - ahead),
  to: Math.min(to, wallTo - ahead),
})

/** Cuts a stretch of time where the clocks change. Clocks change at whole quarters of an hour, and never twice within three hours. */
function periods(aheadAt: (at: number) => number, from: number, to: number): Period[] {
  const found: Period[] = []
  let start = from
  for (let at = from; at < to; ) {
    const next = Math.min(at + 3 * 60 * minute, to)
    if (aheadAt(next) !== aheadAt(at)) {
      const change = changeBetween(aheadAt, at, next)
      found.push({ from: start, to: change, ahead: aheadAt(at) })
      start = change
    }
    at = next
  }
  found.push({ from: start, to, ahead: aheadAt(to) })
  return found
}

/** The first instant of the new offset. */
function changeBetween(aheadAt: (at: number) => number, from: number, to: number): number {
  let [low, high] = [from, to]
  while (high - low > minute) {
    const middle = low + Math.floor((high - low) / 2 / minute) * minute
    if (aheadAt(middle) === aheadAt(from)) low = middle
    else high = middle
  }
  return high
}
