import fc from 'fast-check'
import { expect, test } from 'vitest'
import { costOfGoods, lineCost, profitBasis, profitOf } from './profit.ts'

const inputs = { revenue: 10_000, refunds: 500, discounts: 1_000, knownCost: 3_000, unknownCostRevenue: 2_000, costToServe: 700 }

test('profit is what is left of revenue after everything', () => {
  expect(profitOf({ ...inputs, unknownCostRevenue: 0 }, null)).toBe(4_800)
  // A margin of 40 % makes 60 % of the uncosted revenue cost: 1,200.
  expect(profitOf(inputs, 0.4)).toBe(3_600)
  expect(profitOf(inputs, null)).toBe(4_800)
  expect(profitOf({ revenue: 0, refunds: 900, discounts: 0, knownCost: 0, unknownCostRevenue: -900, costToServe: 0 }, 0.3)).toBe(-900)
})

test('the basis says what the figure stands on', () => {
  expect(profitBasis(0, null)).toBe('known')
  expect(profitBasis(1, null)).toBe('revenue')
  expect(profitBasis(1, 0.4)).toBe('margin')
})

test('whole minor units in, whole minor units out; a higher margin never means a lower profit', () => {
  const money = fc.integer({ min: 0, max: 1e9 })
  const record = fc.record({
    revenue: money,
    refunds: money,
    discounts: money,
    knownCost: money,
    unknownCostRevenue: money,
    costToServe: money,
  })
  fc.assert(
    fc.property(record, fc.double({ min: 0, max: 1, noNaN: true }), (all, margin) => {
      expect(Number.isInteger(profitOf(all, margin))).toBe(true)
      expect(profitOf(all, 1)).toBeGreaterThanOrEqual(profitOf(all, margin))
      expect(costOfGoods(all.knownCost, all.unknownCostRevenue, margin)).toBeGreaterThanOrEqual(all.knownCost)
    }),
  )
})

test("a line's cost comes from the line, else the product, else the category", () => {
  const all = { line: 120, product: 33.4, categoryMargin: 0.25 }
  expect(lineCost(all, 3, 400)).toEqual({ costMinor: 120, source: 'line' })
  expect(lineCost({ ...all, line: null }, 3, 400)).toEqual({ costMinor: 100, source: 'product' })
  expect(lineCost({ ...all, line: null, product: null }, 3, 400)).toEqual({ costMinor: 300, source: 'category' })
  expect(lineCost({ line: null, product: null, categoryMargin: null }, 3, 400)).toBeNull()
})
