import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { planOf, weighed } from './service-plan.ts'

const floor = { yearlyCostMinor: 400, yearlyMinutes: 20 }
const means = { yearlyBudgetMinor: null, agents: null, hoursPerAgent: 1600 }
const group = { id: 'gold', customers: 10, profitMinor: 100_000, yearlyCostMinor: 5_000, yearlyMinutes: 60 }

describe('cost and staff, both ways (C-14)', () => {
  test('a policy whose cost passes what its customers bring is too dear; as much as that is not', () => {
    expect(planOf([group], means, floor).rows[0]).toMatchObject({ costMinor: 50_000, minutes: 600, warnings: [] })
    expect(planOf([{ ...group, yearlyCostMinor: 10_000 }], means, floor).rows[0]!.warnings).toEqual([])
    expect(planOf([{ ...group, yearlyCostMinor: 10_001 }], means, floor).rows[0]!.warnings).toEqual(['too-dear'])
  })
  test('what costs nothing is never too dear, also not for customers who bring less than nothing', () => {
    const free = { ...group, profitMinor: -1, yearlyCostMinor: 0 }
    expect(planOf([free], means, { ...floor, yearlyCostMinor: 0 }).rows[0]!.warnings).toEqual([])
  })
  test('less money or less work than the baseline takes is below the floor of quality', () => {
    expect(planOf([{ ...group, yearlyCostMinor: 399, yearlyMinutes: 19 }], means, floor).rows[0]!.warnings).toEqual([
      'below-floor-cost',
      'below-floor-minutes',
    ])
  })
  test('more than the budget, more than the staff can do, and far less than that are said', () => {
    const of = (budget: number | null, agents: number | null, hoursPerAgent: number) =>
      planOf([group], { yearlyBudgetMinor: budget, agents, hoursPerAgent }, floor)
    expect(of(50_000, 1, 10)).toMatchObject({ availableMinutes: 600, neededMinutes: 600, warnings: [] })
    expect(of(49_999, 1, 9).warnings).toEqual(['over-budget', 'short-of-staff'])
    expect(of(null, 2, 11).warnings).toEqual(['idle-staff'])
    expect(of(null, null, 10)).toMatchObject({ availableMinutes: null, warnings: [] })
  })
})

describe('the best package (C-17)', () => {
  const packages = [
    { id: 'small', satisfactionGain: 3, yearlyCostMinor: 100 },
    { id: 'large', satisfactionGain: 5, yearlyCostMinor: 250 },
  ]
  const of = (budgetMinor: number | null, minorPerPoint: number) => weighed(packages, { customers: 1, budgetMinor, minorPerPoint })
  test('of two the one whose gain less cost is higher', () => {
    // 3 · 100 − 100 = 200 and 5 · 100 − 250 = 250.
    expect(of(null, 100)).toMatchObject({ best: 'large', all: [{ netMinor: 250 }, { netMinor: 200 }] })
    expect(of(null, 60).best).toBe('small')
  })
  test('but none beyond the budget, and none at all where nothing fits', () => {
    expect(of(249, 100).best).toBe('small')
    expect(of(99, 100).best).toBeNull()
  })
  test('nothing that is affordable nets more than the best', () => {
    const one = fc.record({ id: fc.uuid(), satisfactionGain: fc.float({ min: 0, max: 10, noNaN: true }), yearlyCostMinor: fc.nat(100_000) })
    fc.assert(
      fc.property(fc.array(one), fc.nat(1000), fc.nat(1_000_000), fc.nat(10_000), (some, customers, budgetMinor, minorPerPoint) => {
        const { best, all } = weighed(some, { customers, budgetMinor, minorPerPoint })
        const affordable = all.filter(({ costMinor }) => costMinor <= budgetMinor)
        if (best === null) expect(affordable).toEqual([])
        else expect(all.find(({ id }) => id === best)!.netMinor).toBe(Math.max(...affordable.map(({ netMinor }) => netMinor)))
      }),
    )
  })
})
