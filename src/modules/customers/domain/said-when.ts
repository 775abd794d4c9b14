import { dayBefore, dayIn, endOfDay } from '#modules/organization/domain.ts'

export { dayIn } from '#modules/organization/domain.ts'

/**
 * The moment at which something counts as said, where only its day is known (`YYYY-MM-DD` in the company's time zone): today now, else a consent at the beginning of its day and a withdrawal at its end,
 * so that of the same day the no holds.
 */
export function momentSaid(timeZone: string, day: string, given: boolean, now: Date): Date {
  if (day >= dayIn(timeZone, now)) return now
  return given ? endOfDay(timeZone, dayBefore(day)) : new Date(endOfDay(timeZone, day).getTime() - 1)
}
