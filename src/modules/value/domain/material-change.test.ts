import { expect, test } from 'vitest'
import { emptyFormer, materiallyChanged, usualAmounts } from './material-change.ts'
import { emptyFigures } from './valuation-score.ts'

/** One customer as last recorded and as now, equal unless said otherwise; usual amounts of 100. */
function changed(
  now: { tier?: number; label?: number; reason?: number; profit?: number; lifetimeValue?: number; ordering?: number },
  first = false,
) {
  const former = emptyFormer(1)
  const figures = emptyFigures(1, Float64Array)
  if (!first) {
    former.tier[0] = 2
    former.valueLabel[0] = 1
    former.profit[0] = 1_000
    former.lifetimeValue[0] = 400
    former.probabilityOrdering[0] = 0.5
  }
  figures.tier[0] = now.tier ?? 2
  figures.valueLabel[0] = now.label ?? 1
  figures.profit[0] = now.profit ?? 1_000
  figures.lifetimeValue[0] = now.lifetimeValue ?? 400
  figures.probabilityOrdering[0] = now.ordering ?? 0.5
  return materiallyChanged(former, figures, Uint8Array.of(now.reason ?? 0), { profit: 100, lifetimeValue: 2_000 }).length > 0
}

test('the first assessment is always recorded, an equal one never', () => {
  expect([changed({}, true), changed({})]).toEqual([true, false])
})

test('tier, reason and label count however small the change', () => {
  expect([changed({ tier: 3 }), changed({ reason: 2 }), changed({ label: 2 })]).toEqual([true, true, true])
})

test('a customer without scores counts as low, as what was recorded says', () => {
  expect(changed({ label: 0 })).toBe(false)
})

test('money counts when it moved by more than a quarter of itself and of what is usual', () => {
  expect([changed({ profit: 1_250 }), changed({ profit: 1_251 }), changed({ profit: 749 })]).toEqual([false, true, true])
  // The lifetime value is small beside the usual 2,000: it must move by 500.
  expect([changed({ lifetimeValue: 899 }), changed({ lifetimeValue: 901 })]).toEqual([false, true])
})

test('the probability of ordering counts from 0.15 on, and when it appears or disappears', () => {
  expect([
    changed({ ordering: 0.64 }),
    changed({ ordering: 0.66 }),
    changed({ ordering: 0.34 }),
    changed({ ordering: Number.NaN }),
  ]).toEqual([false, true, true, true])
})

test('what is usual leaves out what is not known', () => {
  const figures = emptyFigures(3, Float64Array)
  figures.profit.set([-100, 200, 300])
  figures.lifetimeValue.set([Number.NaN, 50, 150])
  expect(usualAmounts(figures)).toEqual({ profit: 200, lifetimeValue: 100 })
})
