import { z } from 'zod'
import { fact } from '#platform/fact.ts'

/**
 * Wakes the job that settles one page of cases that have ended anew, behind a place; it is never logged. `refundedSince`: only those of whose orders a refund was brought or changed since; null: all.
 */
export const settlementDue = fact(
  'cases.settlement-due',
  z.object({
    refundedSince: z.iso.datetime().nullable(),
    after: z.object({ closedAt: z.iso.datetime(), id: z.uuid() }).nullable(),
  }),
)
