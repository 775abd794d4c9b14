import type { Case } from './case.ts'

/** Whether people work on a day, `YYYY-MM-DD`. */
type IsWorkingDay = (day: string) => boolean

const day = 86_400_000
const dayLater = (from: string, days: number): string => new Date(Date.parse(`${from}T00:00:00Z`) + days * day).toISOString().slice(0, 10)

/** So far ahead a working day is looked for: no company rests for longer. */
const furthest = 60

/**
 * On which day a customer is asked how they find what was done: the last working day within so many calendar days after the matter was settled, so that the promise of the setting is kept; where none of them is one, the first
 * after them. Never before the day of the settlement. In a company that never works it is the last of the days.
 */
export function callbackDay(settledOn: string, days: number, isWorkingDay: IsWorkingDay): string {
  for (let ahead = days; ahead >= 0; ahead--) if (isWorkingDay(dayLater(settledOn, ahead))) return dayLater(settledOn, ahead)
  return workingDayAfter(dayLater(settledOn, days), 1, isWorkingDay) ?? dayLater(settledOn, days)
}

/** The working day that is the `count`th after a day; null where there is none for long. */
function workingDayAfter(from: string, count: number, isWorkingDay: IsWorkingDay): string | null {
  let left = count
  for (let ahead = 1; left > 0 && ahead <= furthest + count * 7; ahead++)
    if (isWorkingDay(dayLater(from, ahead)) && --left === 0) return dayLater(from, ahead)
  return null
}

/** By which day something is owed so many working days after a day; in a company that never works, calendar days. */
export const dueWithin = (from: string, workingDays: number, isWorkingDay: IsWorkingDay): string =>
  workingDays === 0 ? from : (workingDayAfter(from, workingDays, isWorkingDay) ?? dayLater(from, workingDays))

/** Whether there is something that the customer can be asked about: their matter is settled, something was done for them, and they have not said yet how they find it. */
export const isCalledBack = ({
  resolvedAt,
  executed,
  fulfilled,
  paid,
  feedback,
}: Pick<Case, 'resolvedAt' | 'executed' | 'fulfilled' | 'paid' | 'feedback'>): boolean =>
  resolvedAt !== null && (executed ?? fulfilled ?? paid) !== null && feedback === null
