import { z } from 'zod'
import { endpoint, instant, nothing, page, paging, thingIn } from '#platform/contract.ts'
import { id } from './said.ts'

const ofCase = { about: thingIn('cases.case', 'caseId') } as const
const read = { permission: 'cases.read', ...ofCase } as const

/** Of whoever may not see how customers are reached, nothing but who wrote. */
const personal = z.string().nullable().meta({ personal: 'customers.read-personal' })
export const MailState = z.enum(['queued', 'sent', 'failed'])
/** Why one did not go out, waits, or did not arrive. */
export const MailProblem = z.enum(['refused', 'not-reachable', 'not-set-up', 'came-back', 'too-many', 'file-missing', 'restored'])

export const MailOfCase = z.object({
  id,
  direction: z.enum(['in', 'out']),
  from: z.object({ name: z.string(), address: personal }),
  to: personal,
  subject: z.string(),
  /** All of it, with what it answers: heads and signatures say how people are reached. What is new in it stands among the messages of the case. */
  text: personal,
  /** Made safe when it came in; for the closed frame alone. */
  html: personal,
  /** How many pictures of it lie on other machines. */
  remotePictures: z.int(),
  files: z.array(z.object({ fileId: id, name: z.string(), mediaType: z.string(), bytes: z.int(), inline: z.boolean() })),
  automatic: z.string().nullable(),
  /** Whether the company's own mail server does not say that somebody else sent it. */
  isBelievable: z.boolean(),
  /** Whether it came from an address that is known to be the customer's; letters do not go to another before a person has put it down. */
  isOfCustomer: z.boolean(),
  /** What became of one that went out; null where that is no longer known, and of those that came in. */
  state: MailState.nullable(),
  at: instant,
})

/** The mails of a case as they came and went, beside what was said in them. */
export const mailEndpoints = {
  mails: endpoint('GET /cases/:caseId/mails', {
    ...read,
    notes: 'result.customerId',
    summary: 'The mails of a case, in and out, with what became of those that went out; the newest first',
    input: z.object({ caseId: id, ...paging }),
    result: page(MailOfCase).extend({ customerId: id.nullable() }),
  }),
  mailFile: endpoint('GET /cases/:caseId/mail-files/:fileId', {
    ...read,
    kind: 'download',
    notes: 'result.customerId',
    summary: 'A file that came or went with a mail of a case',
    input: z.object({ caseId: id, fileId: id }),
    result: z.unknown(),
  }),
  mailPictures: endpoint('POST /cases/:caseId/mails/:caseMailId/pictures', {
    ...read,
    summary: 'Has the pictures fetched that a mail shows from other machines; whoever sent it learns that it was looked at',
    input: z.object({ caseId: id, caseMailId: id }),
    result: nothing,
  }),
}
