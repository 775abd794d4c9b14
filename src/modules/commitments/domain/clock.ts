import { endOfDay } from '#modules/organization/domain.ts'
import { addDays } from './recurrence.ts'

export { dayIn, endOfDay } from '#modules/organization/domain.ts'

/** The moment at which the wall of a time zone shows a day and a time (`HH:MM`). In an hour that the clocks skip, the moment after it. */
export function momentAt(timeZone: string, day: string, time: string): Date {
  const [hours, minutes] = time.split(':').map(Number) as [number, number]
  const midnight = endOfDay(timeZone, addDays(day, -1)).getTime()
  const guess = midnight + (hours * 60 + minutes) * 60_000
  const shown = timeIn(timeZone, new Date(guess))
  // On the two days of the year on which the clocks change, the morning's offset is not the evening's.
  return new Date(guess + (minutesOf(time) - minutesOf(shown)) * 60_000)
}

/** What the clock on the wall shows at a moment, `HH:MM`. */
export const timeIn = (timeZone: string, moment: Date): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(moment)

const minutesOf = (time: string): number => {
  const [hours, minutes] = time.split(':').map(Number) as [number, number]
  return hours * 60 + minutes
}
