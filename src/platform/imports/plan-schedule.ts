import type { Clock } from '../clock.ts'

/** When a plan's source is looked at; `at` is minutes after midnight on the organization's clock, 0 … 1439. */
export type PlanSchedule =
  | { readonly kind: 'minutes'; readonly every: number }
  | { readonly kind: 'hours'; readonly every: number }
  | { readonly kind: 'day'; readonly at: number }

/** The next time after a moment; a time of day that the clocks skip comes when they have been put forward. */
export function nextLook(schedule: PlanSchedule, after: Date, clock: Clock): Date {
  const moment = after.getTime()
  if (schedule.kind !== 'day') return new Date(moment + schedule.every * (schedule.kind === 'hours' ? 60 : 1) * minute)
  const midnight = Math.floor((moment + clock.ofUtc(moment)) / day) * day
  for (const days of [0, 1, 2]) {
    const wall = midnight + days * day + schedule.at * minute
    const due = wall - clock.ofWall(wall)
    if (due > moment) return new Date(due)
  }
  throw new RangeError('No clock stands still for two days')
}

const minute = 60_000
const day = 86_400_000
