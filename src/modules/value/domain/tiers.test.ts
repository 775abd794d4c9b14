import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  decideTier,
  defaultTierSettings,
  movementMatrix,
  previewTiers,
  tierByFloors,
  tierCode,
  tierFloors,
  tierOf,
  tierOfCode,
  tiers,
  valueLabel,
} from './tiers.ts'

const assign = (profits: number[]) => {
  const floors = tierFloors(Float64Array.from(profits).sort(), defaultTierSettings)
  return profits.map((profit) => tierByFloors(profit, floors))
}

test('twenty customers: one platinum, four gold, lead below 0, the rest iron', () => {
  const found = assign(Array.from({ length: 20 }, (_, i) => (i - 2) * 100))
  expect(found.filter((tier) => tier === 'platinum')).toHaveLength(1)
  expect(found.filter((tier) => tier === 'gold')).toHaveLength(4)
  expect(found.filter((tier) => tier === 'lead')).toHaveLength(2)
  expect(found[2]).toBe('iron')
  expect(found[19]).toBe('platinum')
})

test('a block of equals across a border falls into the lower tier', () => {
  expect(assign([9, 9, 9, 1, 1, 1, 1, 1, 1, 1])).toEqual(['gold', 'gold', 'gold', 'iron', 'iron', 'iron', 'iron', 'iron', 'iron', 'iron'])
  expect(new Set(assign([5, 5, 5, 5]))).toEqual(new Set(['iron']))
  expect(assign([0, 0, 0])).toEqual(['iron', 'iron', 'iron'])
  expect(assign([-1])).toEqual(['lead'])
  expect(assign([10])).toEqual(['platinum'])
})

test('by amount', () => {
  const floors = tierFloors(new Float64Array(), { by: { amount: { platinum: 1_000, gold: 100 } }, hysteresis: 0.1 })
  expect([1_000, 999, 100, 99, 0, -1].map((profit) => tierByFloors(profit, floors))).toEqual([
    'platinum',
    'gold',
    'gold',
    'iron',
    'iron',
    'lead',
  ])
})

const floors = { platinum: 1_000, gold: 100 }
test('a customer moves only when the profit is a tenth beyond the border', () => {
  expect(tierOf(1_050, 'gold', floors, 0.1)).toBe('gold')
  expect(tierOf(1_100, 'gold', floors, 0.1)).toBe('platinum')
  expect(tierOf(950, 'platinum', floors, 0.1)).toBe('platinum')
  expect(tierOf(899, 'platinum', floors, 0.1)).toBe('gold')
  expect(tierOf(1_050, 'iron', floors, 0.1)).toBe('gold')
  expect(tierOf(95, 'platinum', floors, 0.1)).toBe('gold')
  expect(tierOf(50, 'platinum', floors, 0.1)).toBe('iron')
  expect(tierOf(-1, 'platinum', floors, 0.1)).toBe('lead')
  expect(tierOf(1, 'lead', floors, 0.1)).toBe('iron')
  expect(tierOf(105, null, floors, 0.1)).toBe('gold')
})

const tier = fc.constantFrom(...tiers)
test('a second look at the same profit changes nothing, and small swings around a border move nobody twice', () => {
  fc.assert(
    fc.property(fc.integer({ min: -200, max: 2_000 }), tier, (profit, former) => {
      const once = tierOf(profit, former, floors, 0.1)
      expect(tierOf(profit, once, floors, 0.1)).toBe(once)
    }),
  )
  fc.assert(
    fc.property(
      fc.constantFrom(100, 1_000),
      tier,
      fc.array(fc.double({ min: 0.95, max: 1.05, noNaN: true }), { maxLength: 12 }),
      (border, start, swings) => {
        let now = tierOf(border, start, floors, 0.1)
        let moves = 0
        for (const swing of swings) {
          const next = tierOf(border * swing, now, floors, 0.1)
          if (next !== now) moves++
          now = next
        }
        expect(moves).toBeLessThanOrEqual(1)
      },
    ),
  )
})

test('the pyramid covers every customer once, platinum keeps within its share, and more profit is never a lower tier', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 80 }), (profits) => {
      const { counts } = previewTiers(Float64Array.from(profits), null, defaultTierSettings)
      expect(counts.lead + counts.iron + counts.gold + counts.platinum).toBe(profits.length)
      expect(counts.platinum).toBeLessThanOrEqual(Math.ceil(0.05 * profits.length))
      expect(counts.platinum + counts.gold).toBeLessThanOrEqual(Math.ceil(0.25 * profits.length))
      expect(counts.lead).toBe(profits.filter((profit) => profit < 0).length)
      const found = assign(profits)
      profits.forEach((profit, i) => {
        profits.forEach((other, j) => {
          if (profit <= other) expect(tiers.indexOf(found[i]!)).toBeLessThanOrEqual(tiers.indexOf(found[j]!))
        })
      })
    }),
    { numRuns: 60 },
  )
})

test('a preview with former tiers counts what would be assigned', () => {
  const former = Uint8Array.of(tierCode('gold'), tierCode('platinum'), 0)
  const { counts } = previewTiers(Float64Array.of(1_050, 950, 50), former, { by: { amount: floors }, hysteresis: 0.1 })
  expect(counts).toEqual({ lead: 0, iron: 1, gold: 1, platinum: 1 })
})

test('set by hand until its last day, and never proposed for release where strategic', () => {
  const customer = { profit: -10, former: null, override: { tier: 'gold' as const, untilDay: 100 }, strategic: false }
  expect(decideTier(customer, floors, 0.1, 100)).toEqual({ tier: 'gold', computed: 'lead', overridden: true, releasable: false })
  expect(decideTier(customer, floors, 0.1, 101)).toEqual({ tier: 'lead', computed: 'lead', overridden: false, releasable: true })
  expect(decideTier({ ...customer, strategic: true }, floors, 0.1, 101).releasable).toBe(false)
})

test('movement between two assignments sums to all customers', () => {
  const code = fc.integer({ min: 0, max: 4 })
  fc.assert(
    fc.property(fc.array(fc.tuple(code, code), { maxLength: 50 }), (pairs) => {
      const matrix = movementMatrix(
        Uint8Array.from(pairs, ([from]) => from),
        Uint8Array.from(pairs, ([, to]) => to),
      )
      expect(matrix.flat().reduce((sum, cell) => sum + cell, 0)).toBe(pairs.length)
      for (const [from, to] of pairs) expect(matrix[from]![to]).toBe(pairs.filter((pair) => pair[0] === from && pair[1] === to).length)
    }),
  )
})

test('codes and labels', () => {
  for (const name of tiers) expect(tierOfCode(tierCode(name))).toBe(name)
  expect(tierOfCode(tierCode(null))).toBeNull()
  expect([valueLabel(5, 5), valueLabel(4, 4), valueLabel(5, 2), valueLabel(2, 2), valueLabel(1, 4), valueLabel(8, 8, 10)]).toEqual([
    'high',
    'high',
    'middle',
    'low',
    'middle',
    'high',
  ])
})
