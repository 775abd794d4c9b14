import fc from 'fast-check'
import { expect, test } from 'vitest'
import { growthPotential, riseOf } from './growth.ts'
import { tierOf } from './tiers.ts'

test('who buys half elsewhere could bring as much again, who buys three quarters elsewhere three times as much (C-03)', () => {
  expect(growthPotential(10_000, 50)).toBe(10_000)
  expect(growthPotential(10_000, 75)).toBe(30_000)
  expect(growthPotential(10_000, 0)).toBe(0)
  // Everything elsewhere cannot be: it is taken for 95 percent.
  expect(growthPotential(1_000, 100)).toBe(19_000)
  expect(growthPotential(-5, 50)).toBe(0)
  expect(growthPotential(10_000, null)).toBeNull()
})

test('the target lies above the floor by the hysteresis, and who passes the floor is proposed (C-04)', () => {
  expect(riseOf(9_999, 10_000, 0.1)).toEqual({ targetMinor: 11_000, gapMinor: 1_001, passes: false })
  expect(riseOf(10_000, 10_000, 0.1)).toEqual({ targetMinor: 11_000, gapMinor: 1_000, passes: true })
  expect(riseOf(12_000, 10_000, 0.1)).toEqual({ targetMinor: 11_000, gapMinor: 0, passes: true })
  expect(riseOf(12_000, null, 0.1)).toEqual({ targetMinor: null, gapMinor: null, passes: false })
})

test('who brings the target is in the next tier by the rule of tiers itself', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 0, max: 50 }), (floor, percent) => {
      const { targetMinor } = riseOf(0, floor, percent / 100)
      expect(tierOf(targetMinor!, 'gold', { platinum: floor, gold: 0 }, percent / 100)).toBe('platinum')
    }),
  )
})
