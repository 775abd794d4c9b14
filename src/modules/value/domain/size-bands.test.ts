import fc from 'fast-check'
import { expect, test } from 'vitest'
import { defaultSizeBandSettings, sizeBandReport } from './size-bands.ts'

test('the biggest need not be the best: big nets less than middle (C-08)', () => {
  const rows = sizeBandReport(
    {
      revenue: Float64Array.of(10_000, 4_000, 4_100, 300, 200, 100, 50, 40, 30, 20),
      discounts: Float64Array.of(4_000, 100, 0, 0, 0, 0, 0, 0, 0, 0),
      costToServe: Float64Array.of(5_000, 200, 300, 0, 0, 0, 0, 0, 0, 0),
      orders: Int32Array.of(10, 4, 4, 30, 20, 10, 5, 4, 3, 2),
    },
    { big: 0.1, middle: 0.2, transactionCost: 12 },
  )
  expect(rows.map((row) => [row.band, row.customers, row.profit])).toEqual([
    ['big', 1, 880],
    ['middle', 2, 7_404],
    ['small', 7, -148],
  ])
  expect(rows[0]!.margin).toBeCloseTo(0.088, 12)
})

test('bands sum to the totals, whatever the ties', () => {
  const customer = fc.record({
    revenue: fc.integer({ min: 0, max: 5 }),
    discount: fc.integer({ min: 0, max: 5 }),
    cost: fc.integer({ min: 0, max: 5 }),
    orders: fc.nat(5),
  })
  fc.assert(
    fc.property(fc.array(customer, { maxLength: 40 }), (customers) => {
      const rows = sizeBandReport(
        {
          revenue: Float64Array.from(customers, (c) => c.revenue),
          discounts: Float64Array.from(customers, (c) => c.discount),
          costToServe: Float64Array.from(customers, (c) => c.cost),
          orders: customers.map((c) => c.orders),
        },
        { ...defaultSizeBandSettings, transactionCost: 2 },
      )
      const total = (pick: (row: (typeof rows)[number]) => number) => rows.reduce((sum, row) => sum + pick(row), 0)
      expect(total((row) => row.customers)).toBe(customers.length)
      expect(total((row) => row.profit)).toBe(customers.reduce((sum, c) => sum + c.revenue - c.discount - c.cost - 2 * c.orders, 0))
      expect(rows[0]!.customers).toBeLessThanOrEqual(Math.ceil(0.05 * customers.length))
    }),
  )
})
