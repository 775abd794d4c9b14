/** How a promised day was kept: before it, on it, after it; or nothing has come and it is still ahead, or has passed. */
export const standings = ['early', 'on-time', 'late', 'open', 'overdue'] as const
export type Standing = (typeof standings)[number]

/** A promised day held against what came. `days` is how much later than promised: negative before it. */
export interface PromiseKept {
  readonly standing: Standing
  readonly days: number
}

/**
 * How a promise stands on the day `today`, all days as texts 2026-03-01. What came before the promised day exceeds it, what came after it is late; what has not come is overdue from the day after the promised one.
 */
export function promiseKept(promisedDay: string, deliveredDay: string | null, today: string): PromiseKept {
  const days = daysBetween(promisedDay, deliveredDay ?? today)
  if (deliveredDay === null) return { standing: days > 0 ? 'overdue' : 'open', days }
  return { standing: days < 0 ? 'early' : days === 0 ? 'on-time' : 'late', days }
}

/** Days from one day to another; negative where the other comes first. */
export const daysBetween = (from: string, to: string): number => Math.round((dayNumberOf(to) - dayNumberOf(from)) / 86_400_000)

const dayNumberOf = (day: string): number => Date.parse(`${day}T00:00:00Z`)

/** How many days back a broken promise is still announced. What came in with older books is history that nobody can mend. */
export const toldBackDays = 30

/** The day so many days before another. */
export const dayBefore = (day: string, days: number): string => new Date(dayNumberOf(day) - days * 86_400_000).toISOString().slice(0, 10)

/** What was promised for a month and came early, on the day or late, and what is overdue or still ahead. */
export interface MonthOfPromises {
  readonly month: string
  readonly early: number
  readonly onTime: number
  readonly late: number
  readonly overdue: number
  readonly open: number
  /** By how many days the late ones were late, together. */
  readonly lateDays: number
}

/** What the months of promises come to: shares of those that are due, between 0 and 1, and null where none is; how many days the late ones were late on average. */
export function sharesOf(month: Omit<MonthOfPromises, 'month'>): {
  readonly due: number
  readonly early: number | null
  readonly onTime: number | null
  readonly late: number | null
  readonly overdue: number | null
  readonly meanLateDays: number | null
} {
  const due = month.early + month.onTime + month.late + month.overdue
  const share = (count: number) => (due === 0 ? null : count / due)
  return {
    due,
    early: share(month.early),
    onTime: share(month.onTime),
    late: share(month.late),
    overdue: share(month.overdue),
    meanLateDays: month.late === 0 ? null : month.lateDays / month.late,
  }
}

/** So many months that end with the one of a day, `2026-03`, the first first. */
export function monthsUntil(day: string, count: number): string[] {
  const last = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1
  return Array.from({ length: count }, (_, i) => {
    const month = last - count + 1 + i
    return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`
  })
}
