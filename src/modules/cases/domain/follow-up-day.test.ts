import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { callbackDay, dueWithin } from './follow-up-day.ts'

/** Mondays to Fridays, without the first days of May. */
const works = (day: string) => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()) && !/-05-0[1-5]$/.test(day)
const never = () => false

describe('the day of a call back', () => {
  test('is the last working day within the days of the setting', () => {
    // Tuesday and three days: Friday. Wednesday and three days: Saturday, so Friday. Friday and three days: Monday.
    expect(callbackDay('2026-03-10', 3, works)).toBe('2026-03-13')
    expect(callbackDay('2026-03-11', 3, works)).toBe('2026-03-13')
    expect(callbackDay('2026-03-13', 3, works)).toBe('2026-03-16')
  })
  test('is the first working day after them where nobody works within them', () => {
    // Settled on a Saturday, the same day; and at the beginning of a week of holidays.
    expect(callbackDay('2026-03-14', 0, works)).toBe('2026-03-16')
    expect(callbackDay('2026-05-01', 3, works)).toBe('2026-05-06')
    expect(callbackDay('2026-03-10', 0, works)).toBe('2026-03-10')
  })
  test('is the last of the days in a company that never works', () => expect(callbackDay('2026-03-10', 3, never)).toBe('2026-03-13'))

  test('is never before the settlement, is a working day, and no working day within the days lies behind it', () => {
    const days = fc.record({ from: fc.integer({ min: 0, max: 700 }), within: fc.integer({ min: 0, max: 60 }) })
    fc.assert(
      fc.property(days, ({ from, within }) => {
        const later = (n: number) => new Date(Date.UTC(2026, 0, 1 + from + n)).toISOString().slice(0, 10)
        const found = callbackDay(later(0), within, works)
        expect(found >= later(0) && works(found)).toBe(true)
        const all = Array.from({ length: within + 1 }, (_, n) => later(n)).filter(works)
        if (all.length > 0) expect(found).toBe(all.at(-1))
        else expect(found > later(within)).toBe(true)
      }),
    )
  })
})

test('what is owed within working days skips the days on which nobody works', () => {
  expect(dueWithin('2026-03-13', 1, works)).toBe('2026-03-16')
  expect(dueWithin('2026-03-12', 2, works)).toBe('2026-03-16')
  expect(dueWithin('2026-04-30', 1, works)).toBe('2026-05-06')
  expect(dueWithin('2026-03-14', 0, works)).toBe('2026-03-14')
  expect(dueWithin('2026-03-13', 2, never)).toBe('2026-03-15')
})
