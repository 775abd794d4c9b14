import { z } from 'zod'
import { endpoint, instant, nothing, page, paging, thingIn, topics } from '#platform/contract.ts'
import { MailProblem, MailState } from './mails.ts'
import { channel, id, version, words } from './said.ts'
import { Acted } from './shapes.ts'

const ofCase = { about: thingIn('cases.case', 'caseId') } as const
const read = { permission: 'cases.read', ...ofCase } as const
const write = { permission: 'cases.write', ...ofCase } as const

export const CaseMessage = z.object({
  id,
  /** Its case, where the files go with it: this one, or the one that became it. */
  caseId: id,
  direction: z.enum(['in', 'out']),
  channel,
  text: z.string(),
  at: instant,
  by: z.string(),
  automatic: z.boolean(),
  /** What became of it by mail; null where it did not go by mail. The state is null where that is no longer known. */
  mail: z.object({ state: MailState.nullable(), problem: MailProblem.nullable() }).nullable(),
  files: z.array(z.object({ fileId: id, name: z.string(), bytes: z.int() })),
})

/** What is said between a customer and the company on a case. */
export const messageEndpoints = {
  messages: endpoint('GET /cases/:caseId/messages', {
    ...read,
    notes: 'looked',
    summary: 'The conversation with the customer on a case, with that on the case that became it; the newest first',
    input: z.object({ caseId: id, ...paging }),
    result: page(CaseMessage),
  }),
  sendMessage: endpoint('POST /cases/:caseId/messages', {
    ...write,
    summary:
      'Writes to the customer: on their page at once, and by mail where an address is known and mail goes out; it may be the answer to an enquiry',
    input: z.object({ caseId: id, text: words(20_000), answers: z.boolean().optional(), fileIds: z.array(id).max(10).optional() }),
    result: Acted.extend({ messageId: id, mailed: z.boolean() }),
  }),
  makeComplaint: endpoint('POST /cases/:caseId/complaint', {
    ...write,
    summary: 'Makes a complaint of a conversation, with what the customer wrote in it; what is still missing is recorded there',
    input: z.object({ caseId: id, version }),
    result: z.object({ case: Acted, made: Acted }),
  }),
  caseEvents: endpoint('GET /cases/:caseId/events', {
    ...read,
    kind: 'events',
    summary: 'Says that something happened to a case, to whoever looks at it',
    input: z.object({ caseId: id }),
    result: topics,
    events: { changed: nothing },
  }),
}
