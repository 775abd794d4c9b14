export const repeatUnits = ['week', 'month', 'year'] as const
export type RepeatUnit = (typeof repeatUnits)[number]

/** Every so many units, counted from the first day of the series, so that a series on the 31st does not drift to the 28th. */
export interface Repeat {
  readonly unit: RepeatUnit
  readonly every: number
  readonly from: string
}

/** The day of the series after `day` (YYYY-MM-DD) that also lies after `today`: what was done late does not come back late. */
export function nextDay(repeat: Repeat, day: string, today: string): string {
  const after = day > today ? day : today
  for (let step = 1; ; step++) {
    const next = occurrence(repeat, step)
    if (next > after) return next
  }
}

const occurrence = ({ unit, every, from }: Repeat, step: number): string =>
  unit === 'week' ? addDays(from, 7 * every * step) : addMonths(from, (unit === 'year' ? 12 : 1) * every * step)

export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** The same day so many months later; the last of the month where that month is shorter. */
export function addMonths(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const first = new Date(Date.UTC(year, month - 1 + months, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  first.setUTCDate(Math.min(date, last))
  return first.toISOString().slice(0, 10)
}

/** Whole days from one day to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
