import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CostRow, costOfComplaints } from './cost.ts'

const row = (category: string, change: Partial<CostRow> = {}): CostRow => ({
  category,
  cases: 4,
  handlingMinutes: 90,
  remediesMinor: 50_000,
  goodwillMinor: 2_000,
  recoveredMinor: 8_000,
  ...change,
})

test('90 minutes at 40 an hour, remedies 500, goodwill 20, recovered 80: 500', () => {
  const { total } = costOfComplaints([row('freight')], 4_000)
  expect(total).toEqual({
    cases: 4,
    handlingMinutes: 90,
    remediesMinor: 50_000,
    goodwillMinor: 2_000,
    recoveredMinor: 8_000,
    handlingMinor: 6_000,
    costMinor: 50_000,
    perCaseMinor: 12_500,
  })
})
test('the dearest first, with shares of what was spent before recovery', () => {
  const { categories } = costOfComplaints([row('a', { remediesMinor: 10_000 }), row('b'), row('c', { recoveredMinor: 0 })], 4_000)
  expect(categories.map(({ category, costMinor }) => [category, costMinor])).toEqual([
    ['c', 58_000],
    ['b', 50_000],
    ['a', 10_000],
  ])
  expect(categories[0]!.share).toBeCloseTo(58_000 / (58_000 + 58_000 + 18_000), 12)
  expect(categories[1]!.share).toBe(categories[0]!.share)
})
test('more recovered than spent is a gain; minutes are rounded half-up, once per category', () => {
  expect(costOfComplaints([row('a', { recoveredMinor: 60_000 })], 4_000).total.costMinor).toBe(-2_000)
  expect(costOfComplaints([row('a', { handlingMinutes: 1 })], 30).total.handlingMinor).toBe(1)
  expect(costOfComplaints([row('a', { handlingMinutes: 1 })], 29).total.handlingMinor).toBe(0)
})
test('nothing costs nothing, and nobody knows per case', () => {
  expect(costOfComplaints([], 4_000)).toMatchObject({ categories: [], total: { costMinor: 0, perCaseMinor: null } })
  const free = row('a', { cases: 0, handlingMinutes: 0, remediesMinor: 0, goodwillMinor: 0, recoveredMinor: 0 })
  expect(costOfComplaints([free], 4_000).categories[0]).toMatchObject({ share: null, perCaseMinor: null })
  expect(() => costOfComplaints([row('a', { goodwillMinor: -1 })], 4_000)).toThrow(RangeError)
  expect(() => costOfComplaints([row('a')], 0.5)).toThrow(RangeError)
})
test('totals add the categories to the last minor unit, and shares add to one', () =>
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          category: fc.constantFrom('a', 'b', 'c', 'd'),
          cases: fc.nat(50),
          handlingMinutes: fc.nat(5_000),
          remediesMinor: fc.nat(1e7),
          goodwillMinor: fc.nat(1e6),
          recoveredMinor: fc.nat(1e6),
        }),
        { maxLength: 8 },
      ),
      fc.nat(20_000),
      (rows, rate) => {
        const { categories, total } = costOfComplaints(rows, rate)
        expect(categories.reduce((sum, { costMinor }) => sum + costMinor, 0)).toBe(total.costMinor)
        const shares = categories.reduce((sum, { share }) => sum + (share ?? 0), 0)
        if (categories.some(({ share }) => share !== null)) expect(shares).toBeCloseTo(1, 9)
      },
    ),
  ))
