import { useFormat } from './format.ts'

/** Which day it is in a time zone, `YYYY-MM-DD`. */
export const todayIn = (timeZone: string, now = new Date()): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now)

/** Which day it is in the organization's time zone. */
export function useToday(): string {
  return todayIn(useFormat().timeZone)
}
