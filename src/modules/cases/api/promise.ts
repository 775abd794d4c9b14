import { z } from 'zod'
import { endpoint, nothing } from '#platform/contract.ts'

/** What customers may count on, for the contact card and whoever tells them. */
export const promiseEndpoints = {
  feedbackPromise: endpoint('GET /feedback-promise', {
    permission: 'cases.read',
    about: 'nobody',
    summary: 'Where customers reach the company at any hour, and within how many hours a person answers them',
    input: nothing,
    result: z.object({
      /** Null where no own promise is in force for complaints. */
      hours: z.int().nullable(),
      /** The page for customers; null where the product does not know its own address. */
      address: z.string().nullable(),
      email: z.string().nullable(),
    }),
  }),
}
