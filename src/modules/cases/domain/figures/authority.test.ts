import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ApprovalRequest, type Approver, type AuthorityLimit, approversFor, mayApprove } from './authority.ts'

const limits: readonly AuthorityLimit[] = [
  { role: 'agent', mostMinor: 0, tiers: null, gravest: 3 },
  { role: 'supervisor', mostMinor: 50_000, tiers: null, gravest: 2 },
  { role: 'supervisor', mostMinor: 100_000, tiers: ['gold', 'platinum'], gravest: 2 },
  { role: 'director', mostMinor: 1_000_000, tiers: null, gravest: 1 },
  { role: 'board', mostMinor: null, tiers: null, gravest: 1 },
]
const request = (change: Partial<ApprovalRequest> = {}): ApprovalRequest => ({
  amountMinor: 30_000,
  tier: 'iron',
  severity: 3,
  proposedBy: ['proposer'],
  investigatedBy: ['investigator'],
  about: ['driver'],
  ...change,
})
const who = (userId: string, roles: string[], deputyFor: Approver['deputyFor'] = []): Approver => ({ userId, roles, deputyFor })

test('within the limit of the role, an amount equal to it included', () => {
  expect(mayApprove(request(), who('s', ['supervisor']), limits)).toEqual({
    allowed: true,
    role: 'supervisor',
    limitMinor: 50_000,
    deputyFor: null,
  })
  expect(mayApprove(request({ amountMinor: 50_000 }), who('s', ['supervisor']), limits).allowed).toBe(true)
})
test('above it a higher approver is needed, and named', () =>
  expect(mayApprove(request({ amountMinor: 50_001 }), who('s', ['supervisor']), limits)).toEqual({
    allowed: false,
    reason: 'needs-higher-approver',
    limitMinor: 50_000,
    higher: ['director', 'board'],
  }))
test('for customers of higher tiers a role may do more; without a tier only what holds for all', () => {
  expect(mayApprove(request({ amountMinor: 90_000, tier: 'gold' }), who('s', ['supervisor']), limits)).toMatchObject({
    allowed: true,
    limitMinor: 100_000,
  })
  expect(mayApprove(request({ amountMinor: 90_000, tier: null }), who('s', ['supervisor']), limits).allowed).toBe(false)
})
test('grave cases are above some roles, whatever the amount', () => {
  expect(mayApprove(request({ severity: 1, amountMinor: 1 }), who('s', ['supervisor']), limits)).toMatchObject({
    reason: 'no-authority',
    limitMinor: null,
    higher: ['director', 'board'],
  })
  expect(mayApprove(request({ severity: 2 }), who('s', ['supervisor']), limits).allowed).toBe(true)
})
test('an amount of 0 is approved like any other', () => {
  expect(mayApprove(request({ amountMinor: 0 }), who('a', ['agent']), limits)).toMatchObject({ allowed: true, limitMinor: 0 })
  expect(mayApprove(request({ amountMinor: 0 }), who('x', ['cleaner']), limits)).toMatchObject({ reason: 'no-authority' })
  expect(() => mayApprove(request({ amountMinor: -1 }), who('a', ['agent']), limits)).toThrow(RangeError)
})
test.each([
  ['own-proposal', 'proposer'],
  ['own-investigation', 'investigator'],
  ['about-yourself', 'driver'],
])('%s: not even the board', (reason, userId) =>
  expect(mayApprove(request(), who(userId, ['board']), limits)).toMatchObject({
    allowed: false,
    reason,
    higher: ['supervisor', 'director', 'board'],
  }),
)

describe('deputies', () => {
  test('carry the authority of the absent one', () =>
    expect(mayApprove(request({ amountMinor: 400_000 }), who('s', ['supervisor'], [{ userId: 'd', roles: ['director'] }]), limits)).toEqual(
      {
        allowed: true,
        role: 'director',
        limitMinor: 1_000_000,
        deputyFor: 'd',
      },
    ))
  test('use their own where it suffices, and of borrowed ones the smallest', () => {
    const deputy = who(
      's',
      ['supervisor'],
      [
        { userId: 'b', roles: ['board'] },
        { userId: 'd', roles: ['director'] },
      ],
    )
    expect(mayApprove(request(), deputy, limits)).toMatchObject({ role: 'supervisor', deputyFor: null })
    expect(mayApprove(request({ amountMinor: 60_000 }), deputy, limits)).toMatchObject({ role: 'director', deputyFor: 'd' })
  })
  test('may not do for the absent one what that one may not', () =>
    expect(
      mayApprove(
        request({ amountMinor: 400_000, proposedBy: ['d'] }),
        who('s', ['supervisor'], [{ userId: 'd', roles: ['director'] }]),
        limits,
      ),
    ).toMatchObject({ allowed: false, reason: 'needs-higher-approver', limitMinor: 50_000 }))
  test('may not use it for their own proposal', () =>
    expect(mayApprove(request({ proposedBy: ['s'] }), who('s', ['agent'], [{ userId: 'd', roles: ['director'] }]), limits)).toMatchObject({
      reason: 'own-proposal',
    }))
})

test('who may approve: the smallest sufficient limit first', () => {
  const people = [
    who('b', ['board']),
    who('proposer', ['director']),
    who('s2', ['supervisor']),
    who('s1', ['supervisor']),
    who('a', ['agent']),
  ]
  expect(approversFor(request(), people, limits).map(({ userId }) => userId)).toEqual(['s1', 's2', 'b'])
  expect(approversFor(request({ amountMinor: 5_000_000 }), people, limits)).toEqual([{ userId: 'b', role: 'board', deputyFor: null }])
  expect(approversFor(request(), people, [])).toEqual([])
})
test('without a line for it nobody is higher', () =>
  expect(mayApprove(request({ amountMinor: 2_000_000 }), who('d', ['director']), limits.slice(0, 4))).toMatchObject({ higher: [] }))

const requests = fc.record({
  amountMinor: fc.nat(2_000_000),
  tier: fc.constantFrom('lead', 'iron', 'gold', 'platinum', null),
  severity: fc.constantFrom(1, 2, 3, 4),
  proposedBy: fc.subarray(['a', 'b', 'c']),
  investigatedBy: fc.subarray(['a', 'b', 'c']),
  about: fc.subarray(['a', 'b', 'c']),
}) as fc.Arbitrary<ApprovalRequest>
const person: fc.Arbitrary<Approver> = fc.record({
  userId: fc.constantFrom('a', 'b', 'c', 'd'),
  roles: fc.subarray(['agent', 'supervisor', 'director', 'board']),
  deputyFor: fc.array(
    fc.record({ userId: fc.constantFrom('a', 'b', 'c'), roles: fc.subarray(['agent', 'supervisor', 'director', 'board']) }),
    { maxLength: 2 },
  ),
})
test('nobody ever approves what they proposed, investigated or are complained about in; less is never harder to approve, nor a lighter case', () =>
  fc.assert(
    fc.property(requests, person, fc.nat(2_000_000), (asked, approver, less) => {
      const decision = mayApprove(asked, approver, limits)
      if (!decision.allowed) return
      for (const hand of [approver.userId, decision.deputyFor]) {
        if (hand === null) continue
        expect(asked.proposedBy).not.toContain(hand)
        expect([...asked.investigatedBy, ...asked.about]).not.toContain(hand)
      }
      expect(decision.limitMinor ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(asked.amountMinor)
      expect(mayApprove({ ...asked, amountMinor: Math.min(less, asked.amountMinor) }, approver, limits).allowed).toBe(true)
      expect(mayApprove({ ...asked, severity: 4 }, approver, limits).allowed).toBe(true)
    }),
  ))
