import { z } from 'zod'
import { endpoint, instant, thingIn } from '#platform/contract.ts'
import { id } from './said.ts'

const ofCase = { about: thingIn('cases.case', 'caseId') } as const

const Link = z.object({
  id,
  createdAt: instant,
  expiresAt: instant,
  revokedAt: instant.nullable(),
  /** It was shown to whoever typed who they are; by it one sees where the case stands. */
  narrow: z.boolean(),
  uses: z.int(),
  usedAt: instant.nullable(),
})

/** The private links of a case: by whom nobody knows, but how often. */
export const linkEndpoints = {
  caseLinks: endpoint('GET /cases/:caseId/links', {
    permission: 'cases.read',
    ...ofCase,
    summary: 'The private links by which a case is followed, with how often each was opened; the newest first, never what opens them',
    input: z.object({ caseId: id }),
    result: z.object({ items: z.array(Link) }),
  }),
  endCaseLinks: endpoint('DELETE /cases/:caseId/links', {
    permission: 'cases.write',
    ...ofCase,
    summary: 'Ends every private link to a case, such as of a letter that went to a wrong address; the next letter brings a new one',
    input: z.object({ caseId: id }),
    result: z.object({ ended: z.int() }),
  }),
}
