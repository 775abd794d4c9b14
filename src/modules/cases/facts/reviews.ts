import { z } from 'zod'
import { fact } from '#platform/fact.ts'

/** Management has looked at a period; `actions`: how many things it asked somebody to do. */
export const reviewHeld = fact(
  'cases.review-held',
  z.object({ reviewId: z.uuid(), from: z.iso.date(), to: z.iso.date(), actions: z.int() }),
)

/** An audit has come to its end, with how many findings of each grade. */
export const auditClosed = fact(
  'cases.audit-closed',
  z.object({ auditId: z.uuid(), cases: z.int(), conform: z.int(), minor: z.int(), major: z.int(), actions: z.int() }),
)
