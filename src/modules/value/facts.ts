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
