import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Interval, intervalProblem, type WorkingHours, workingClock } from './calendar.ts'

const minute = 60_000
const hour = 60 * minute
const nineToFive: readonly Interval[] = [
  { from: 9 * 60, to: 12 * 60 },
  { from: 13 * 60, to: 17 * 60 },
]
const office = (timeZone: string, specialDays: WorkingHours['specialDays'] = []): WorkingHours => ({
  timeZone,
  week: [nineToFive, nineToFive, nineToFive, nineToFive, nineToFive, [], []],
  specialDays,
})
const at = (text: string) => new Date(text)

describe('an office that closes at noon', () => {
  const clock = workingClock(office('Europe/Berlin'))
  test('the pause at noon, the night and the weekend do not count', () => {
    // Friday 11:00 until Monday 10:00, summer time.
    expect(clock.between(at('2026-07-03T09:00:00Z'), at('2026-07-06T08:00:00Z'))).toBe((1 + 4 + 1) * hour)
    expect(clock.after(at('2026-07-03T09:00:00Z'), 6 * hour)).toEqual(at('2026-07-06T08:00:00Z'))
  })
  test('time that ends with an interval ends at its end, not at the beginning of the next', () => {
    expect(clock.after(at('2026-07-03T09:00:00Z'), hour)).toEqual(at('2026-07-03T10:00:00Z'))
    expect(clock.after(at('2026-07-03T15:00:00Z'), 0)).toEqual(at('2026-07-06T07:00:00Z'))
  })
  test('of nothing, the first open instant', () => {
    expect(clock.after(at('2026-07-04T12:00:00Z'), 0)).toEqual(at('2026-07-06T07:00:00Z'))
    expect(clock.after(at('2026-07-03T09:30:00Z'), 0)).toEqual(at('2026-07-03T09:30:00Z'))
  })
  test('it opens at the first minute and closes before the last', () => {
    expect(clock.isOpen(at('2026-07-03T07:00:00Z'))).toBe(true)
    expect(clock.isOpen(at('2026-07-03T10:00:00Z'))).toBe(false)
    expect(clock.isOpen(at('2026-07-03T09:59:59.999Z'))).toBe(true)
  })
})

test('a special day replaces its weekday: a holiday is closed, a working Saturday is open', () => {
  const clock = workingClock(
    office('Asia/Shanghai', [
      { day: '2026-10-01', name: '国庆节', intervals: [] },
      { day: '2026-10-10', name: '调休', intervals: [{ from: 9 * 60, to: 12 * 60 }] },
    ]),
  )
  expect(clock.between(at('2026-09-30T16:00:00Z'), at('2026-10-01T16:00:00Z'))).toBe(0)
  expect(clock.between(at('2026-10-09T16:00:00Z'), at('2026-10-10T16:00:00Z'))).toBe(3 * hour)
})

test('whoever never works is never done', () => {
  const never = workingClock({ timeZone: 'UTC', week: Array(7).fill([]), specialDays: [] })
  expect(never.after(at('2026-01-01T00:00:00Z'), 1)).toBeNull()
  expect(never.between(at('2026-01-01T00:00:00Z'), at('2027-01-01T00:00:00Z'))).toBe(0)
})

describe('where the clocks change', () => {
  const whole: WorkingHours = { timeZone: 'America/New_York', week: Array(7).fill([{ from: 60, to: 180 }]), specialDays: [] }
  test('the skipped hour is never open, the repeated one counts twice', () => {
    const clock = workingClock(whole)
    // 8 March 2026: 02:00 becomes 03:00; 1 November 2026: 02:00 becomes 01:00.
    expect(clock.between(at('2026-03-08T05:00:00Z'), at('2026-03-09T04:00:00Z'))).toBe(hour)
    expect(clock.between(at('2026-11-01T04:00:00Z'), at('2026-11-02T05:00:00Z'))).toBe(3 * hour)
  })
})

describe('against a simulation minute by minute', () => {
  const zones = [
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'Asia/Shanghai',
    'Australia/Lord_Howe',
    'Africa/Cairo',
    'America/St_Johns',
    'Pacific/Apia',
    'Asia/Kathmandu',
  ]
  const interval = fc.tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1440 })).filter(([from, to]) => from < to)
  const intervals = fc
    .array(interval, { maxLength: 4 })
    .map((list) => list.toSorted(([a], [b]) => a - b).map(([from, to]) => ({ from, to })))
    .filter((list) => intervalProblem(list) === null)
  const hours: fc.Arbitrary<WorkingHours> = fc.record({
    timeZone: fc.constantFrom(...zones),
    week: fc.array(intervals, { minLength: 7, maxLength: 7 }),
    specialDays: fc.array(
      fc.record({ day: fc.constantFrom('2026-03-29', '2026-04-24', '2026-10-25', '2026-11-01'), name: fc.constant('x'), intervals }),
      { maxLength: 2 },
    ),
  })
  // Around changes of clocks in one zone or another, and at quiet times.
  const start = fc
    .tuple(
      fc.constantFrom(
        '2026-03-07',
        '2026-03-28',
        '2026-04-04',
        '2026-04-23',
        '2026-10-03',
        '2026-10-24',
        '2026-10-31',
        '2026-07-01',
        '2011-12-29',
      ),
      fc.nat(2880),
    )
    .map(([day, minutes]) => Date.parse(`${day}T00:00:00Z`) + minutes * minute)

  /** Whether the wall shows an open time, by the runtime's own calendar. */
  const openBy = ({ timeZone, week, specialDays }: WorkingHours) => {
    const format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    })
    const special = new Map(specialDays.map((one) => [one.day, one.intervals]))
    return (instant: number) => {
      const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]))
      const day = `${part.year}-${part.month}-${part.day}`
      const wall = Number(part.hour) * 60 + Number(part.minute)
      const list = special.get(day) ?? week[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7]!
      return list.some(({ from, to }) => from <= wall && wall < to)
    }
  }
  test('open time between two instants, whether it is open, and when so much has passed', () =>
    fc.assert(
      fc.property(hours, start, fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 1, max: 900 }), (working, from, length, wanted) => {
        const clock = workingClock(working)
        const isOpen = openBy(working)
        let open = 0
        let reached: number | null = null
        for (let i = 0; i < length; i++) {
          const now = from + i * minute
          const here = isOpen(now)
          if (i % 97 === 0) expect(clock.isOpen(new Date(now))).toBe(here)
          if (here && ++open === wanted) reached = now + minute
        }
        expect(clock.between(new Date(from), new Date(from + length * minute))).toBe(open * minute)
        if (reached !== null) expect(clock.after(new Date(from), wanted * minute)?.getTime()).toBe(reached)
      }),
      { numRuns: 60 },
    ))
  test('after() and between() are each other’s inverse', () =>
    fc.assert(
      fc.property(hours, start, fc.integer({ min: 1, max: 50_000_000 }), (working, from, open) => {
        const clock = workingClock(working)
        const due = clock.after(new Date(from), open)
        if (due !== null) expect(clock.between(new Date(from), due)).toBe(open)
      }),
    ))
})

test('intervals have to lie in their day, in order', () => {
  expect(intervalProblem(nineToFive)).toBeNull()
  expect(intervalProblem(nineToFive.toReversed())).toBe('not-in-order')
  expect(intervalProblem([{ from: 600, to: 600 }])).toBe('outside-day')
  expect(intervalProblem([{ from: 600, to: 1441 }])).toBe('outside-day')
})
