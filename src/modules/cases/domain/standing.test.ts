import { describe, expect, test } from 'vitest'
import { proposePenalties } from './figures/penalty.ts'
import { mayGiveAtOnce, offerProblem, type RemedyOffer } from './offer.ts'
import { initialAuthority, initialStaffRules, staffRulesProblems } from './rules.ts'
import { refusedToDecide, seesEntry } from './staff-entry.ts'
import { graver, priorityOf, recoveredMinor } from './standing.ts'

test('a complaint that is said again comes two places earlier, one that went higher one more, never before the first', () => {
  const calm = { kind: 'complaint' as const, policy: null, repeatOf: null, escalations: [] }
  const policy = { policyId: 'p', version: 1, tier: null, priority: 2 }
  const escalations = [{ id: null, to: [], why: 'x', clock: null, at: new Date(0), by: 'system', seq: 2 }]
  expect(priorityOf(calm)).toBe(5)
  expect(priorityOf({ ...calm, repeatOf: 'first' })).toBe(3)
  expect(priorityOf({ ...calm, repeatOf: 'first', escalations })).toBe(2)
  expect(priorityOf({ ...calm, policy, repeatOf: 'first', escalations })).toBe(1)
  // A question that continues an earlier one is none.
  expect(priorityOf({ ...calm, kind: 'enquiry', repeatOf: 'first' })).toBe(5)
  expect([4, 3, 2, 1].map((severity) => graver(severity as 1 | 2 | 3 | 4))).toEqual([3, 2, 1, 1])
})

test('what came back is what the measures brought in, and only without measures what was said', () => {
  const said = { at: new Date(0), by: 'a', seq: 1 }
  const loss = { lossMinor: 6_000, recoveredMinor: 1_000, note: null, ...said }
  const measure = (amountMinor: number, received: boolean) => ({
    id: `${amountMinor}`,
    source: 'carrier' as const,
    text: 'x',
    amountMinor,
    received,
    ...said,
  })
  expect(recoveredMinor({ loss, recoveries: [] })).toBe(1_000)
  expect(recoveredMinor({ loss, recoveries: [measure(2_000, true), measure(5_000, false)] })).toBe(2_000)
  expect(recoveredMinor({ loss: null, recoveries: [] })).toBe(0)
})

describe('the catalogue', () => {
  const offer: RemedyOffer = {
    id: 'o',
    kind: 'goodwill',
    names: { en: 'Box of tea' },
    defaultMinor: 2_000,
    mostMinor: 5_000,
    needsApproval: false,
    retired: false,
    version: 1,
  }
  test.each([
    [undefined, { amountMinor: 0 }, 'no-such-offer'],
    [{ ...offer, retired: true }, { amountMinor: 0 }, 'no-such-offer'],
    [offer, { kind: 'refund', amountMinor: 0 }, 'another-kind'],
    [offer, { kind: 'goodwill', amountMinor: 5_001 }, 'over-offer-limit'],
    [offer, { kind: 'goodwill', amountMinor: 5_000 }, null],
    [{ ...offer, mostMinor: null }, { amountMinor: 9_000_000 }, null],
  ] as const)('%#: %s', (line, remedy, problem) => expect(offerProblem(line, remedy)).toBe(problem))
  test('lets go at once what needs no approval, up to its limit, and anything up to a small sum', () => {
    expect(mayGiveAtOnce(null, 1_000, 1_000, [])).toBe(true)
    expect(mayGiveAtOnce(null, 1_001, 1_000, [])).toBe(false)
    expect(mayGiveAtOnce(offer, 5_000, 1_000, [])).toBe(true)
    expect(mayGiveAtOnce(offer, 5_001, 1_000, [])).toBe(false)
    expect(mayGiveAtOnce({ ...offer, needsApproval: true }, 1_001, 1_000, [])).toBe(false)
  })
  test('counts together what one case is given, however many times', () => {
    const before = [{ amountMinor: 600 }, { amountMinor: 300, offerId: 'o' }]
    expect(mayGiveAtOnce(null, 100, 1_000, before)).toBe(true)
    expect(mayGiveAtOnce(null, 101, 1_000, before)).toBe(false)
    expect(mayGiveAtOnce(offer, 4_700, 1_000, before)).toBe(true)
    expect(mayGiveAtOnce(offer, 4_701, 1_000, before)).toBe(false)
    expect(mayGiveAtOnce(null, 0, 1_000, [{ amountMinor: 9_000 }])).toBe(true)
  })
})

describe('what the product begins with', () => {
  test('is a table that can be published', () => expect(staffRulesProblems(initialStaffRules)).toEqual([]))
  test('proposes 300.00 for a loss of 5,000.00 at a bonus of 3,000.00', () => {
    const person = { userId: 'a', role: 'direct' as const, performancePayMinor: 0, bonusMinor: 300_000, lateMinutes: 0 }
    expect(proposePenalties(initialStaffRules, 500_000, [person]).lines).toMatchObject([
      { amountMinor: 30_000, rate: { basisPoints: 1_000 } },
    ])
  })
  test('points that are no whole numbers are refused', () =>
    expect(staffRulesProblems({ ...initialStaffRules, points: { ...initialStaffRules.points, idea: 1.5 } })).toMatchObject([
      { list: 'points' },
    ]))
  test('lets somebody approve whatever it is', () =>
    expect(initialAuthority.some(({ mostMinor, gravest }) => mostMinor === null && gravest === 1)).toBe(true))
})

test('nobody decides about themselves, on their own proposal, or twice', () => {
  const entry = { state: 'proposed', userId: 'u', proposedBy: 'p' } as const
  expect(refusedToDecide(entry, 'u')).toBe('about-oneself')
  expect(refusedToDecide(entry, 'p')).toBe('own-proposal')
  expect(refusedToDecide({ ...entry, state: 'approved' }, 'x')).toBe('decided-already')
  expect(refusedToDecide(entry, 'x')).toBeNull()
  expect([seesEntry(entry, 'u', false), seesEntry(entry, 'p', false), seesEntry(entry, 'x', true), seesEntry(entry, 'x', false)]).toEqual([
    true,
    true,
    true,
    false,
  ])
})
