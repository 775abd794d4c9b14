import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ProfitParts, profitNow, projectedProfit, refusedTreatment } from './treatment.ts'

// Bought for 1,000, 50 off, 100 given back; the goods cost 600 and serving 500: a loss of 250.
const parts: ProfitParts = {
  revenueMinor: 100_000,
  discountMinor: 5_000,
  refundMinor: 10_000,
  costOfGoodsMinor: 60_000,
  costToServeMinor: 50_000,
}

test('each outcome has its own profit (C-09)', () => {
  expect(profitNow(parts)).toBe(-25_000)
  expect(projectedProfit(parts, 'keep', { changeShare: 0.5, lostShare: 0.5 })).toBe(-25_000)
  // 850 · 1.2 − 600 − 500 = −80.
  expect(projectedProfit(parts, 'raise-price', { changeShare: 0.2, lostShare: 0 })).toBe(-8_000)
  // Nine tenths of that trade, at the same cost of serving: 0.9 · (1,020 − 600) − 500 = −122.
  expect(projectedProfit(parts, 'raise-price', { changeShare: 0.2, lostShare: 0.1 })).toBe(-12_200)
  // 850 − 600 − 500 · 0.4 = 50.
  expect(projectedProfit(parts, 'reduce-cost', { changeShare: 0.6, lostShare: 0 })).toBe(5_000)
  expect(projectedProfit(parts, 'reduce-cost', { changeShare: 0.6, lostShare: 0.2 })).toBe(0)
  expect(projectedProfit(parts, 'release', { changeShare: 0, lostShare: 0 })).toBe(0)
})

test('without any change each outcome but release leaves the profit as it is', () => {
  const amount = fc.nat(1_000_000)
  const any = fc.record({
    ...{ revenueMinor: amount, discountMinor: amount, refundMinor: amount },
    ...{ costOfGoodsMinor: amount, costToServeMinor: amount },
  })
  fc.assert(
    fc.property(any, (some) => {
      for (const outcome of ['keep', 'raise-price', 'reduce-cost'] as const)
        expect(projectedProfit(some, outcome, { changeShare: 0, lostShare: 0 })).toBe(profitNow(some))
    }),
  )
})

test('nobody is released who is exempt as strategic (C-10) or not lead; everything else may be proposed', () => {
  expect(refusedTreatment('release', { tier: 'lead', exempt: false })).toBeNull()
  expect(refusedTreatment('release', { tier: 'lead', exempt: true })).toBe('exempt-from-release')
  expect(refusedTreatment('release', { tier: 'iron', exempt: false })).toBe('not-lead')
  expect(refusedTreatment('raise-price', { tier: 'gold', exempt: true })).toBeNull()
})
