import { expect, test } from 'vitest'
import { type Calendar, calendarOf } from './calendar.ts'
import { type Overrun, overrunMinutes } from './overrun.ts'

const at = (hour: number) => new Date(Date.UTC(2026, 2, 2, hour))
const hours = (key: string, from: number, to: number): Calendar =>
  calendarOf(key, { timeZone: 'UTC', week: Array.from({ length: 7 }, () => [{ from: from * 60, to: to * 60 }]), specialDays: [] })
const calendars = { day: hours('day', 9, 17), evening: hours('evening', 14, 20) }
const calendarFor = (key: string) => calendars[key as keyof typeof calendars]

interface Ran {
  readonly met?: number
  readonly cancelled?: number
  readonly by?: Overrun['grounds']['calendars']
  readonly held?: readonly [number, number | null]
}
const day = { key: 'day', timeZone: 'UTC', since: null }
const clock = (breached: number | null, { met, cancelled, by = [day], held }: Ran = {}): Overrun => ({
  breachedAt: breached === null ? null : at(breached),
  metAt: met === undefined ? null : at(met),
  cancelledAt: cancelled === undefined ? null : at(cancelled),
  grounds: {
    calendars: by,
    holds: held ? [{ from: at(held[0]), to: held[1] === null ? null : at(held[1]), reason: 'waiting', openMs: 0 }] : [],
  },
})
const minutes = (...clocks: readonly Overrun[]) => overrunMinutes(clocks, calendarFor, at(20))

test.each([
  ['nothing where no clock ran out', [clock(null), clock(null, { met: 10 })], 0],
  ['until it was met after all', [clock(10, { met: 12 })], 120],
  ['until now while it runs', [clock(15)], 120],
  ['until it was cancelled', [clock(10, { cancelled: 11 })], 60],
  ['the longest of several', [clock(10, { met: 12 }), clock(10, { met: 13 }), clock(null)], 180],
  ['nothing for the time in which nobody works', [clock(18)], 0],
  [
    'by the hours of whoever had it, also after it was handed over',
    [clock(15, { by: [day, { ...day, key: 'evening', since: at(16) }] })],
    300,
  ],
  ['without what held it', [clock(10, { met: 16, held: [11, 13] })], 240],
  ['only until it was held, while it is', [clock(10, { held: [11, null] })], 60],
] as const)('%s', (_what, clocks, expected) => expect(minutes(...clocks)).toBe(expected))
