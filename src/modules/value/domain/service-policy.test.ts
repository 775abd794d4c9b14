import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  floorProblems,
  inTurn,
  liftedTo,
  type Policy,
  type Promised,
  policyFor,
  serviceChannels,
  serviceTargets,
  sideBySide,
} from './service-policy.ts'

const minutes = fc.option(fc.integer({ min: 1, max: 10_000 }), { nil: null })
const promised: fc.Arbitrary<Promised> = fc.record({
  targets: fc.record({ acknowledge: minutes, firstResponse: minutes, nextResponse: minutes, step: minutes, resolve: minutes }),
  channels: fc.subarray([...serviceChannels]),
})
const baseline: Promised = {
  targets: { acknowledge: 480, firstResponse: 960, nextResponse: 1440, step: 2400, resolve: null },
  channels: ['website', 'email'],
}

describe('the floor under every policy (C-13)', () => {
  test('as late as the baseline is just good enough, a minute later is not', () => {
    expect(floorProblems(baseline, baseline)).toEqual([])
    const late = { ...baseline, targets: { ...baseline.targets, step: 2401 } }
    expect(floorProblems(late, baseline)).toEqual([
      { field: 'targets.step', reason: 'target-below-floor', target: 'step', minutes: 2401, floor: 2400 },
    ])
  })
  test('to promise nothing is below a promise; where the baseline promises nothing, anything will do', () => {
    const silent = { ...baseline, targets: { ...baseline.targets, acknowledge: null, resolve: 1_000_000 } }
    expect(floorProblems(silent, baseline).map(({ field }) => field)).toEqual(['targets.acknowledge'])
  })
  test('each missing channel is named', () => {
    expect(floorProblems({ ...baseline, channels: ['call'] }, baseline)).toEqual([
      { field: 'channels', reason: 'channel-missing', channel: 'website' },
      { field: 'channels', reason: 'channel-missing', channel: 'email' },
    ])
  })
  test('whatever is lifted to a baseline is not below it, loses nothing that was better, and stays when lifted again', () => {
    fc.assert(
      fc.property(promised, promised, (policy, floor) => {
        const lifted = liftedTo(policy, floor)
        expect(floorProblems(lifted, floor)).toEqual([])
        expect(floorProblems(lifted, policy)).toEqual([])
        expect(liftedTo(lifted, floor)).toEqual(lifted)
        // Nothing else is promised than one of the two does.
        for (const target of serviceTargets) expect([policy.targets[target], floor.targets[target]]).toContain(lifted.targets[target])
      }),
    )
  })
})

const policy = (part: Partial<Policy>): Policy => ({
  ...{ id: 'x', version: 1, kind: 'tier', tier: null, segmentId: null, name: null, departmentId: null },
  mix: { price: null, place: null, people: null, promotion: null, evidence: null, process: null },
  ...{ servedByDepartmentId: null, servedByTeamId: null, accountManager: false, cadence: null, benefits: null },
  ...{ yearlyCostMinor: 0, yearlyMinutes: 0, satisfactionGain: 0, priority: 5 },
  ...baseline,
  ...part,
})
const base = policy({ id: 'base', kind: 'baseline' })
const gold = policy({ id: 'gold', tier: 'gold' })
const platinum = policy({ id: 'platinum', tier: 'platinum' })
const slow = policy({ id: 'slow', kind: 'segment', segmentId: 'hotels', priority: 4 })
const fast = policy({ id: 'fast', kind: 'segment', segmentId: 'press', priority: 2 })
const later = policy({ id: 'z-later', kind: 'segment', segmentId: 'schools', priority: 2 })
const all = [base, gold, slow, later, fast, platinum]

describe('which policy holds', () => {
  const belongs = (...ids: string[]) => new Set(ids)
  test('that of the tier, where no segment has one', () => {
    expect(policyFor(all, { tier: 'gold', belongsTo: belongs() })).toEqual({ policy: gold, because: 'tier' })
  })
  test('a segment’s wins over the tier’s, by priority, and of the same the one that was made first', () => {
    expect(policyFor(all, { tier: 'platinum', belongsTo: belongs('hotels') })).toEqual({ policy: slow, because: 'segment' })
    expect(policyFor(all, { tier: 'platinum', belongsTo: belongs('hotels', 'press', 'schools') }).policy).toBe(fast)
    expect(policyFor(all, { tier: 'platinum', belongsTo: belongs('hotels', 'schools') }).policy).toBe(later)
  })
  test('the baseline for whoever was not valued, and where the tier has none', () => {
    expect(policyFor(all, { tier: null, belongsTo: belongs('gone') })).toEqual({ policy: base, because: 'not-valued' })
    expect(policyFor(all, { tier: 'lead', belongsTo: belongs() })).toEqual({ policy: base, because: 'tier-without-policy' })
  })
  test('side by side: tiers from the top, segments in turn, the baseline last', () => {
    expect(sideBySide(all).map(({ id }) => id)).toEqual(['platinum', 'gold', 'fast', 'z-later', 'slow', 'base'])
    expect(inTurn([slow, later, fast]).map(({ id }) => id)).toEqual(['fast', 'z-later', 'slow'])
  })
})
