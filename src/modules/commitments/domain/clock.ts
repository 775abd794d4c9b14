import { wallClockOffset } from '#modules/organization/domain/wall-clock.ts'

export { dayIn, endOfDay } from '#modules/organization/domain.ts'

/** The moment at which the wall of a time zone shows a day and a time (`HH:MM`). */
export function momentAt(timeZone: string, day: string, time: string): Date {
  const wall = Date.parse(`${day}T${time}:00Z`)
  return new Date(wall - wallClockOffset(timeZone).ofWall(wall))
}

/** What the clock on the wall shows at a moment, `HH:MM`. */
export const timeIn = (timeZone: string, moment: Date): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(moment)
