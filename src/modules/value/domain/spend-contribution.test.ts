import { expect, test } from 'vitest'
import { spendContribution } from './spend-contribution.ts'

test('70 % of the spend on 70 % of the customers who bring 20 % of the sales (C-07)', () => {
  const report = spendContribution([
    { segment: 'many', customers: 700, spend: 70_000, sales: 200_000 },
    { segment: 'few', customers: 300, spend: 30_000, sales: 800_000 },
  ])
  expect(report.segments[0]).toEqual({
    segment: 'many',
    customerShare: 0.7,
    spendShare: 0.7,
    salesShare: 0.2,
    misallocated: true,
    proportionalSpend: 20_000,
  })
  expect(report.segments[1]).toMatchObject({ misallocated: false, proportionalSpend: 80_000 })
  expect(report.misallocated).toBe(true)
  // Both get 100 a head: spend does not vary, so there is nothing to correlate.
  expect(report.correlation).toBeNull()
})

test('spend that follows sales is not flagged, and correlates', () => {
  const report = spendContribution([
    { segment: 'a', customers: 10, spend: 100, sales: 1_000 },
    { segment: 'b', customers: 10, spend: 200, sales: 2_100 },
    { segment: 'c', customers: 20, spend: 100, sales: 900 },
    { segment: 'nobody', customers: 0, spend: 0, sales: 0 },
  ])
  expect(report.misallocated).toBe(false)
  expect(report.correlation).toBeGreaterThan(0.99)
})

test('a tenth too much is the limit, and nothing at all is no division by 0', () => {
  const shares = (spend: number, sales: number) =>
    spendContribution([
      { segment: 'a', customers: 1, spend, sales },
      { segment: 'b', customers: 1, spend: 100 - spend, sales: 100 - sales },
    ]).segments[0]!.misallocated
  expect(shares(15, 10)).toBe(false)
  expect(shares(45, 30)).toBe(true)
  expect(shares(60, 45)).toBe(false)
  expect(spendContribution([{ segment: 'a', customers: 0, spend: 0, sales: 0 }]).segments[0]).toMatchObject({
    spendShare: 0,
    salesShare: 0,
  })
})
