import { dayAfter, daysBetween } from './figure.ts'

/** How often management looks at the handling of complaints, with how many calendar months that is. */
export const rhythms = { month: 1, quarter: 3, 'half-year': 6, year: 12 } as const
export type Rhythm = keyof typeof rhythms
export const rhythmNames = Object.keys(rhythms) as readonly Rhythm[]

/** Days as the company's calendar has them, both included. */
export interface ReviewPeriod {
  readonly from: string
  readonly to: string
}

/** Months since year 0, and the first day of such a month. */
const monthOf = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1
const firstOf = (month: number): string =>
  `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}-01`

const wholeMonths = (first: number, months: number): ReviewPeriod => ({ from: firstOf(first), to: dayAfter(firstOf(first + months), -1) })

/**
 * The last whole period of a rhythm that was over before a day: quarters and half-years begin with the year.
 *
 * @example lastEnded('quarter', '2026-04-01') // => 2026-01-01 … 2026-03-31; on 2026-03-31 still the quarter before
 */
export function lastEnded(rhythm: Rhythm, today: string): ReviewPeriod {
  const months = rhythms[rhythm]
  const begun = Math.floor(monthOf(today) / months) * months
  return wholeMonths(begun - months, months)
}

/** The period just before one, as long: of whole calendar months as many months, else as many days. */
export function periodBefore({ from, to }: ReviewPeriod): ReviewPeriod {
  const after = dayAfter(to, 1)
  if (from.endsWith('-01') && after.endsWith('-01')) {
    const months = monthOf(after) - monthOf(from)
    return wholeMonths(monthOf(from) - months, months)
  }
  return { from: dayAfter(from, -daysBetween(from, to) - 1), to: dayAfter(from, -1) }
}

export const daysOf = ({ from, to }: ReviewPeriod): number => daysBetween(from, to) + 1

/** Why a period cannot be looked at, or null. A period that is not over yet would be looked at half. */
export function periodProblem({ from, to }: ReviewPeriod, today: string): 'after-the-end' | 'not-over' | 'longer-than-a-year' | null {
  if (from > to) return 'after-the-end'
  if (to >= today) return 'not-over'
  return daysOf({ from, to }) > longest ? 'longer-than-a-year' : null
}
const longest = 366
