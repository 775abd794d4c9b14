import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changedLines, disputesPerThousand } from './billing.ts'
import type { Line } from './lines.ts'
import { dayBefore, daysBetween, monthsUntil, promiseKept, sharesOf } from './promise.ts'
import { deliveredOn } from './terms.ts'

describe('a promised day', () => {
  test.each([
    // Ordered on the first with "tomorrow" promised: there in the afternoon, on the day, a day late.
    ['2026-06-02', '2026-06-01', 'early', -1],
    ['2026-06-02', '2026-06-02', 'on-time', 0],
    ['2026-06-02', '2026-06-03', 'late', 1],
    ['2026-06-02', null, 'overdue', 8],
    ['2026-06-10', null, 'open', 0],
    ['2026-06-12', null, 'open', -2],
  ] as const)('%s, delivered %s: %s by %i', (promised, delivered, standing, days) => {
    expect(promiseKept(promised, delivered, '2026-06-10')).toEqual({ standing, days })
  })

  test('days are counted over leap days and years', () => {
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2)
    expect(daysBetween('2026-01-01', '2025-12-31')).toBe(-1)
    expect(dayBefore('2026-03-01', 1)).toBe('2026-02-28')
    expect(monthsUntil('2026-02-14', 4)).toEqual(['2025-11', '2025-12', '2026-01', '2026-02'])
  })

  test('an order has come when its last delivery says that nothing follows', () => {
    const part = (day: string, moreFollows: boolean) => ({ day, moreFollows })
    expect(deliveredOn([])).toBeNull()
    expect(deliveredOn([part('2026-03-02', false), part('2026-03-01', true)])).toBe('2026-03-02')
    expect(deliveredOn([part('2026-03-02', true), part('2026-03-01', false)])).toBeNull()
    expect(deliveredOn([part('2026-03-02', false), part('2026-03-02', true)])).toBe('2026-03-02')
  })
})

test('shares are of what is due, sum to one, and the mean is of the late ones', () => {
  const month = { early: 2, onTime: 5, late: 2, overdue: 1, open: 7, lateDays: 5 }
  expect(sharesOf(month)).toEqual({ due: 10, early: 0.2, onTime: 0.5, late: 0.2, overdue: 0.1, meanLateDays: 2.5 })
  expect(sharesOf({ early: 0, onTime: 0, late: 0, overdue: 0, open: 3, lateDays: 0 })).toMatchObject({
    due: 0,
    late: null,
    meanLateDays: null,
  })
  const counts = fc.record({
    early: fc.nat(9),
    onTime: fc.nat(9),
    late: fc.nat(9),
    overdue: fc.nat(9),
    open: fc.nat(9),
    lateDays: fc.nat(9),
  })
  fc.assert(
    fc.property(counts, (any) => {
      const { due, early, onTime, late, overdue } = sharesOf(any)
      if (due > 0) expect(early! + onTime! + late! + overdue!).toBeCloseTo(1, 12)
    }),
  )
})

describe('a bill', () => {
  const line = (more: Partial<Line>): Line => ({
    kind: 'goods',
    product: 'TEA',
    name: null,
    quantityMicro: 2_000_000,
    unitPriceMicro: 5_000_000,
    discountMinor: 0,
    netMinor: 1000,
    costMinor: null,
    ...more,
  })
  test('is corrected where what stands on it changes, not where its cost does', () => {
    expect(changedLines([line({})], [line({ costMinor: 300 })])).toEqual([])
    expect(changedLines([line({}), line({ product: 'CUP' })], [line({ quantityMicro: 1_000_000, netMinor: 500 })])).toEqual([
      {
        place: 1,
        before: { name: null, product: 'TEA', quantity: '2', unitPrice: '5', netMinor: 1000 },
        after: { name: null, product: 'TEA', quantity: '1', unitPrice: '5', netMinor: 500 },
      },
      { place: 2, before: { name: null, product: 'CUP', quantity: '2', unitPrice: '5', netMinor: 1000 }, after: null },
    ])
  })
  test('disputes are counted by the thousand', () => {
    expect(disputesPerThousand(3, 1200)).toBe(2.5)
    expect(disputesPerThousand(0, 0)).toBeNull()
  })
})
