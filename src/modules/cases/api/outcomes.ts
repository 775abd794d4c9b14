import { z } from 'zod'
import { customerIn, endpoint, instant, thingIn } from '#platform/contract.ts'
import { id, version, words } from './said.ts'
import { Acted } from './shapes.ts'

const onCase = { permission: 'cases.write', about: thingIn('cases.case', 'caseId') } as const

/** What a case brings besides its answer: an idea that is looked at, a need that is known (G-16, M-13). It goes on as it was. */
export const outcomeEndpoints = {
  suggestFromCase: endpoint('POST /cases/:caseId/suggestion', {
    ...onCase,
    summary: 'Makes a suggestion of the idea in a case, each naming the other; said again, it answers with the one that was made',
    input: z.object({ caseId: id, version }),
    result: z.object({ case: Acted, made: Acted, number: z.string() }),
  }),
  contributions: endpoint('GET /customers/:customerId/contributions', {
    permission: 'cases.read',
    about: customerIn('customerId'),
    notes: 'input.customerId',
    summary: 'The suggestions of a customer that were adopted, the newest first: what they have contributed (G-28)',
    input: z.object({ customerId: id }),
    result: z.object({
      items: z.array(
        z.object({
          id,
          number: z.string(),
          subject: z.string(),
          adoptedAt: instant,
          /** What they were given for it; null: nothing yet. */
          reward: z.string().nullable(),
          /** Anybody may read what became of it. */
          published: z.boolean(),
        }),
      ),
    }),
  }),
  noteNeedOfCase: endpoint('POST /cases/:caseId/needs', {
    ...onCase,
    summary: 'Notes what a case tells that its customer needs in the needs register, in the words of its subject where no others are given',
    input: z.object({ caseId: id, version, text: words(200).optional() }),
    result: z.object({ case: Acted, needId: id, text: z.string() }),
  }),
}
