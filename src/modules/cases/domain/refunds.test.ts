import fc from 'fast-check'
import { expect, test } from 'vitest'
import { coveredByRefunds } from './refunds.ts'

const claim = (caseId: string, from: string, amountMinor: number) => ({ caseId, from, amountMinor })
const refund = (day: string, amountMinor: number) => ({ day, amountMinor })

test('what the order gave back since covers what the case gave back', () =>
  expect([...coveredByRefunds([claim('a', '2026-03-01', 10_000)], [refund('2026-03-05', 6_000)])]).toEqual([['a', 6_000]]))
test('what was refunded before the case was opened is none of its', () =>
  expect(coveredByRefunds([claim('a', '2026-03-01', 10_000)], [refund('2026-02-28', 6_000)]).get('a')).toBe(0))
test('one refund is not taken off two cases', () =>
  expect([...coveredByRefunds([claim('b', '2026-03-02', 5_000), claim('a', '2026-03-01', 5_000)], [refund('2026-03-05', 5_000)])]).toEqual([
    ['b', 0],
    ['a', 5_000],
  ]))
test('a second refund covers the second case', () =>
  expect([
    ...coveredByRefunds(
      [claim('a', '2026-03-01', 5_000), claim('b', '2026-03-02', 5_000)],
      [refund('2026-03-05', 5_000), refund('2026-03-09', 3_000)],
    ),
  ]).toEqual([
    ['a', 5_000],
    ['b', 3_000],
  ]))

test('nothing is covered twice, and nobody more than they gave', () => {
  const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-03-${String(n).padStart(2, '0')}`)
  const amount = fc.integer({ min: 0, max: 100_000 })
  const claims = fc.uniqueArray(fc.record({ caseId: fc.string({ minLength: 1, maxLength: 3 }), from: day, amountMinor: amount }), {
    selector: ({ caseId }) => caseId,
    maxLength: 5,
  })
  const refunds = fc.array(fc.record({ day, amountMinor: amount }), { maxLength: 5 })
  fc.assert(
    fc.property(claims, refunds, (all, given) => {
      const covered = coveredByRefunds(all, given)
      const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)
      expect(sum([...covered.values()])).toBeLessThanOrEqual(sum(given.map(({ amountMinor }) => amountMinor)))
      for (const { caseId, amountMinor, from } of all) {
        const since = sum(given.filter((one) => one.day >= from).map((one) => one.amountMinor))
        expect(covered.get(caseId)).toBeLessThanOrEqual(Math.min(amountMinor, since))
        expect(covered.get(caseId)).toBeGreaterThanOrEqual(0)
      }
    }),
  )
})
