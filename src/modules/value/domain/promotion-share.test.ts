import { expect, test } from 'vitest'
import { discountedShare, promotionShare } from './promotion-share.ts'

test('share of revenue sold at a discount, overall and by customer (J-20)', () => {
  const report = promotionShare(
    Float64Array.of(1_000, 500, 0, 2_000, 400),
    Float64Array.of(0, 100, 0, 0, 0),
    Float64Array.of(0, 400, 0, 500, 150),
  )
  expect(report.netRevenue).toBe(3_800)
  expect(report.share).toBeCloseTo(1_050 / 3_800, 12)
  expect(report.customersByShare).toEqual([1, 1, 1, 0, 1])
  expect(report.onlyDiscounted).toBe(1)
})

test('no net revenue, no share', () => {
  expect(discountedShare(0, 10)).toBeNull()
  expect(discountedShare(-5, 10)).toBeNull()
  expect(promotionShare(new Float64Array(), new Float64Array(), new Float64Array()).share).toBeNull()
})
