import { useToday } from '#ui/today.ts'

/** The same day a year before. */
export const aYearBefore = (day: string): string => `${Number(day.slice(0, 4)) - 1}${day.slice(4) === '-02-29' ? '-02-28' : day.slice(4)}`

/** The last twelve months; whole days, so that the same is asked until tomorrow. */
export function useYear() {
  // The day begins and ends up to fourteen hours apart from that of UTC.
  const until = new Date(Date.parse(`${useToday()}T00:00:00Z`) + 2 * 86_400_000)
  return { from: new Date(until.getTime() - 367 * 86_400_000), until }
}
