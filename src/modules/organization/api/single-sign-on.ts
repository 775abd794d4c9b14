import { z } from 'zod'
import { endpoint, nothing } from '#platform/contract.ts'

export const singleSignOnApi = {
  singleSignOn: endpoint('GET /organization/single-sign-on', {
    summary: 'What an administrator needs to set up the company’s own sign-in provider',
    permission: 'organization.manage',
    about: 'nobody',
    input: nothing,
    result: z.object({
      /** To be registered at the provider. */
      returnAddress: z.string(),
      hasSecret: z.boolean(),
    }),
  }),
  setSingleSignOnSecret: endpoint('PUT /organization/single-sign-on/secret', {
    summary: 'Keeps the client secret of the provider, sealed; it is never shown again',
    permission: 'organization.manage',
    about: 'nobody',
    idempotency: 'none',
    input: z.object({ secret: z.string().min(1).max(1000) }),
    result: nothing,
  }),
}
