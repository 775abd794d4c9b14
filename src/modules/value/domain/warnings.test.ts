import { expect, test } from 'vitest'
import { type WarningInput, warningsOf } from './warnings.ts'

const calm: WarningInput = {
  buyers: 10,
  repeatBuyers: 80,
  profitBases: [{ basis: 'known', customers: 10 }],
  unknownCostRevenueMinor: 0,
  organisationMarginPercent: null,
  asOfReason: 'today',
  newestOrderDay: '2026-01-01',
  choiceReason: 'back-test',
  grade: 'A',
  profilingOff: 0,
  tiers: [],
}
const codes = (change: Partial<WarningInput>) => warningsOf({ ...calm, ...change }).map((warning) => warning.code)

test('nothing to do, nothing said', () => expect(codes({})).toEqual([]))

test('without a buyer only that is said', () => expect(codes({ buyers: 0, grade: 'D', profilingOff: 3 })).toEqual(['no-orders']))

test('each state leads on', () => {
  expect(
    codes({
      profitBases: [
        { basis: 'revenue', customers: 2 },
        { basis: 'margin', customers: 1 },
      ],
    }),
  ).toEqual(['margin-unset'])
  expect(codes({ profitBases: [{ basis: 'margin', customers: 1 }], organisationMarginPercent: 30 })).toEqual(['profit-estimated'])
  expect(codes({ asOfReason: 'newest-order', choiceReason: 'too-little-data', grade: null })).toEqual(['old-data', 'too-little-data'])
  expect(codes({ choiceReason: 'no-back-test', grade: null, profilingOff: 1 })).toEqual(['no-back-test', 'profiling-off'])
  const lead = {
    tier: 'lead',
    customers: 3,
    revenueMinor: 0,
    profitMinor: -1,
    serviceCostMinor: 1,
    lifetimeValueMinor: 0,
    byHand: 0,
  } as const
  expect(codes({ grade: 'D', tiers: [{ ...lead, releasable: 2 }] })).toEqual(['poor-grade', 'releasable'])
  expect(codes({ tiers: [{ ...lead, releasable: 0 }] })).toEqual([])
})
