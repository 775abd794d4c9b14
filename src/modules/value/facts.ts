import { z } from 'zod'
import { fact, personal } from '#platform/fact.ts'

const tier = z.enum(['platinum', 'gold', 'iron', 'lead'])

/** The whole book was valued; its figures are in place. */
export const valueRevalued = fact(
  'value.revalued',
  z.object({ runId: z.uuid(), asOf: z.iso.date(), customers: z.int(), model: z.string(), grade: z.string().nullable() }),
)

/** Customers changed tier: one fact per batch with how many went from where to where. `from` is null for customers who had no tier before. */
export const tiersMoved = fact(
  'value.tiers-moved',
  z.object({
    runId: z.uuid(),
    asOf: z.iso.date(),
    moves: z.array(z.object({ from: tier.nullable(), to: tier, customers: z.int() })),
  }),
)

export const tierOverridden = fact(
  'value.tier-overridden',
  z.object({ customerId: z.uuid(), tier, reason: personal(z.string()), lastDay: z.iso.date().nullable() }),
)
export const tierOverrideEnded = fact('value.tier-override-ended', z.object({ customerId: z.uuid(), tier }))
export const customerExempted = fact('value.customer-exempted', z.object({ customerId: z.uuid(), reason: personal(z.string()) }))
export const exemptionEnded = fact('value.exemption-ended', z.object({ customerId: z.uuid() }))

/** What is served changed: the first or next version of a policy, or its end. Cases that run keep the version with which they began. */
export const servicePolicyChanged = fact(
  'value.service-policy-changed',
  z.object({
    policyId: z.uuid(),
    version: z.int(),
    kind: z.enum(['baseline', 'tier', 'segment']),
    tier: tier.nullable(),
    segmentId: z.uuid().nullable(),
    ended: z.boolean(),
  }),
)

/** Something was noticed about a customer, supposed from it, or dropped. */
export const customerObserved = fact(
  'value.customer-observed',
  z.object({ customerId: z.uuid(), observationId: z.uuid(), state: z.enum(['noticed', 'supposed', 'acted', 'dropped']) }),
)

/** A service was given to a customer, or what is known of it was corrected. */
export const serviceGiven = fact(
  'value.service-given',
  z.object({
    customerId: z.uuid(),
    givenId: z.uuid(),
    layer: z.enum(['in-scope', 'extra', 'beyond']),
    expected: z.boolean(),
    costMinor: z.int(),
    scoreBefore: z.int().nullable(),
    scoreAfter: z.int().nullable(),
  }),
)

export const treatmentProposed = fact(
  'value.treatment-proposed',
  z.object({
    customerId: z.uuid(),
    treatmentId: z.uuid(),
    outcome: z.enum(['keep', 'raise-price', 'reduce-cost', 'release']),
    profitMinor: z.int(),
    projectedMinor: z.int(),
  }),
)
export const treatmentDecided = fact(
  'value.treatment-decided',
  z.object({
    customerId: z.uuid(),
    treatmentId: z.uuid(),
    outcome: z.enum(['keep', 'raise-price', 'reduce-cost', 'release']),
    approved: z.boolean(),
  }),
)
