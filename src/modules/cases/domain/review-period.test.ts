import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayAfter } from './figure.ts'
import { daysOf, lastEnded, periodBefore, periodProblem, rhythmNames } from './review-period.ts'

test.each([
  ['month', '2026-03-01', '2026-02-01', '2026-02-28'],
  ['month', '2024-03-31', '2024-02-01', '2024-02-29'],
  ['month', '2026-01-15', '2025-12-01', '2025-12-31'],
  ['quarter', '2026-03-31', '2025-10-01', '2025-12-31'],
  ['quarter', '2026-04-01', '2026-01-01', '2026-03-31'],
  ['half-year', '2026-06-30', '2025-07-01', '2025-12-31'],
  ['half-year', '2026-07-01', '2026-01-01', '2026-06-30'],
  ['year', '2026-12-31', '2025-01-01', '2025-12-31'],
] as const)('the last %s that was over before %s', (rhythm, today, from, to) => expect(lastEnded(rhythm, today)).toEqual({ from, to }))

test.each([
  ['a quarter', '2026-01-01', '2026-03-31', '2025-10-01', '2025-12-31'],
  ['February of a leap year', '2024-02-01', '2024-02-29', '2024-01-01', '2024-01-31'],
  ['two months', '2026-03-01', '2026-04-30', '2026-01-01', '2026-02-28'],
  ['ten days', '2026-03-05', '2026-03-14', '2026-02-23', '2026-03-04'],
  ['one day', '2026-01-01', '2026-01-01', '2025-12-31', '2025-12-31'],
])('the period before %s', (_, from, to, before, until) => expect(periodBefore({ from, to })).toEqual({ from: before, to: until }))

const days = fc.integer({ min: 0, max: 20_000 }).map((n) => dayAfter('1990-01-01', n))

test('the last period is over, the one before it ends the day before it begins, and following periods touch', () =>
  fc.assert(
    fc.property(fc.constantFrom(...rhythmNames), days, (rhythm, today) => {
      const last = lastEnded(rhythm, today)
      expect(last.to < today).toBe(true)
      expect(periodProblem(last, today)).toBeNull()
      expect(dayAfter(periodBefore(last).to, 1)).toBe(last.from)
      expect(lastEnded(rhythm, last.to)).toEqual(periodBefore(last))
    }),
  ))
test('of days that are no months the one before is as long', () =>
  fc.assert(
    fc.property(days, fc.integer({ min: 0, max: 200 }), (from, more) => {
      const period = { from, to: dayAfter(from, more) }
      const before = periodBefore(period)
      expect(dayAfter(before.to, 1)).toBe(from)
      if (!from.endsWith('-01')) expect(daysOf(before)).toBe(daysOf(period))
    }),
  ))

test.each([
  ['2026-02-01', '2026-01-01', '2026-04-01', 'after-the-end'],
  ['2026-01-01', '2026-03-31', '2026-03-31', 'not-over'],
  ['2026-01-01', '2026-03-31', '2026-04-01', null],
  ['2024-01-01', '2024-12-31', '2026-04-01', null],
  ['2024-01-01', '2025-01-01', '2026-04-01', 'longer-than-a-year'],
])('a review of %s to %s on %s: %s', (from, to, today, problem) => expect(periodProblem({ from, to }, today)).toBe(problem))
