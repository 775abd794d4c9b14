import { dayIn, wallClockOffset } from '#modules/organization/domain/wall-clock.ts'
import { useFormat } from './format.ts'

/** Which day it is in a time zone, `YYYY-MM-DD`. */
export const todayIn = (timeZone: string, now = new Date()): string => dayIn(timeZone, now)

/** Which day it is in the organization's time zone. */
export function useToday(): string {
  return todayIn(useFormat().timeZone)
}

/** The moment at which clocks in a time zone show an hour of a day. */
export function momentIn(timeZone: string, day: string, hour: number): Date {
  const wall = Date.parse(`${day}T00:00Z`) + hour * 3_600_000
  return new Date(wall - wallClockOffset(timeZone).ofWall(wall))
}
