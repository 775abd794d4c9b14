import { useToday } from '#ui/today.ts'

/** The last twelve months; whole days, so that the same is asked until tomorrow. */
export function useYear() {
  // The day begins and ends up to fourteen hours apart from that of UTC.
  const until = new Date(Date.parse(`${useToday()}T00:00:00Z`) + 2 * 86_400_000)
  return { from: new Date(until.getTime() - 367 * 86_400_000), until }
}
