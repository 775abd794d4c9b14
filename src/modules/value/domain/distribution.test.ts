import fc from 'fast-check'
import { expect, test } from 'vitest'
import { distributionOf, rankSketch } from './distribution.ts'
import { tierPreview } from './tier-preview.ts'

const amounts = fc.array(fc.integer({ min: 0, max: 5_000_000 }), { minLength: 1, maxLength: 400 })

test('bins are round, adjoin, and sum to everybody and everything', () => {
  fc.assert(
    fc.property(amounts, (values) => {
      const found = distributionOf(Float64Array.from(values))
      expect(found.bins.reduce((sum, bin) => sum + bin.customers, 0)).toBe(values.length)
      expect(found.bins.reduce((sum, bin) => sum + bin.totalMinor, 0)).toBe(found.totalMinor)
      expect(found.bins.length).toBeLessThanOrEqual(20)
      expect(found.bins.at(-1)!.toMinor).toBeNull()
      expect(found.bins.slice(1).map((bin) => bin.fromMinor)).toEqual(found.bins.slice(0, -1).map((bin) => bin.toMinor))
      for (const bin of found.bins)
        expect(values.filter((v) => v >= bin.fromMinor && v < (bin.toMinor ?? Number.POSITIVE_INFINITY))).toHaveLength(bin.customers)
    }),
  )
})

test('the middle and the mean, without those of whom nothing is known', () => {
  expect(distributionOf(Float64Array.of(1, Number.NaN, 2, 9))).toMatchObject({ customers: 3, meanMinor: 4, medianMinor: 2, totalMinor: 12 })
  expect(distributionOf(Float64Array.of(1, 2, 4, 9)).medianMinor).toBe(3)
  expect(distributionOf(new Float64Array())).toEqual({ customers: 0, totalMinor: 0, meanMinor: null, medianMinor: null, bins: [] })
})

test('a sketch of few values is the values, of many their means in order', () => {
  expect(rankSketch(Float64Array.of(1, 2, 3))).toEqual({ means: [1, 2, 3], counts: [1, 1, 1] })
  expect(rankSketch(Float64Array.of(1, 2, 3, 4, 5), 2)).toEqual({ means: [1.5, 4], counts: [2, 3] })
})

test('a preview covers everybody once and keeps the total', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -50_000, max: 500_000 }), { minLength: 1, maxLength: 300 }),
      fc.integer({ min: 1, max: 400 }),
      (profits, groups) => {
        const rows = tierPreview(rankSketch(Float64Array.from(profits).sort(), groups), {
          by: { rank: { platinum: 0.05, gold: 0.2, iron: 0.6 } },
          hysteresis: 0,
        })
        expect(rows.map((row) => row.tier)).toEqual(['platinum', 'gold', 'iron', 'lead'])
        expect(rows.reduce((sum, row) => sum + row.customers, 0)).toBe(profits.length)
        const total = profits.reduce((sum, profit) => sum + profit, 0)
        expect(Math.abs(rows.reduce((sum, row) => sum + row.profitMinor, 0) - total)).toBeLessThanOrEqual(2)
        if (groups >= profits.length) expect(rows[3]!.customers).toBe(profits.filter((profit) => profit < 0).length)
      },
    ),
  )
})
