import { z } from 'zod'
import { day, endpoint, instant, page, paging, thingIn } from '#platform/contract.ts'
import { bindings } from '../domain/outside-body.ts'
import { contestSaid } from './contest-shapes.ts'
import { channel, id, maybe, person, version, words } from './said.ts'
import { Acted, ListedCase } from './shapes.ts'

const about = thingIn('cases.case', 'caseId')
const write = { permission: 'cases.write', about }
/** Whoever may decide on remedies may say that an answer was wrong. */
const judge = { permission: 'cases.approve', about }
const onCase = { caseId: id, version }

export const contestEndpoints = {
  contests: endpoint('GET /case-contests', {
    permission: 'cases.read',
    about: 'reach',
    notes: 'list',
    summary: 'Appeals that wait for somebody’s judgement, one’s own or all, or what lies with a body outside; what is due first first',
    timeLimit: 2000,
    input: z.object({ way: z.enum(['inside', 'outside']).optional(), of: z.enum(['mine', 'all']).optional(), ...paging }),
    result: page(
      z.object({
        id,
        way: z.enum(['inside', 'outside']),
        openedAt: instant,
        openedOn: day,
        dueAt: instant.nullable(),
        late: z.boolean(),
        judgeId: z.string().nullable(),
        body: z.string().nullable(),
        reference: z.string().nullable(),
        case: ListedCase,
      }),
    ),
  }),
  escalationRoute: endpoint('GET /cases/:caseId/escalation-route', {
    permission: 'cases.read',
    about,
    summary: 'Where the customer of a case can turn to who does not accept the answer, in their language, as a text to be looked through',
    input: z.object({ caseId: id, dismissed: z.enum(['yes']).optional() }),
    result: z.object({
      text: z.string(),
      language: z.enum(['en', 'zh-CN', 'zh-TW']),
      /** By the rules of the case it has to be told with the final answer. */
      demanded: z.boolean(),
      /** Nobody has looked through some of it since it was shipped. */
      unchecked: z.boolean(),
      bodies: z.array(z.object({ id, name: z.string(), binding: z.enum(bindings) })),
    }),
  }),
  appeal: endpoint('POST /cases/:caseId/appeal', {
    ...write,
    summary: 'Notes that the customer does not accept the answer; somebody who took no part in it judges',
    input: z.object({ ...onCase, reason: words(5000), channel }),
    result: Acted,
  }),
  giveAppeal: endpoint('POST /cases/:caseId/appeal/judge', {
    ...judge,
    summary: 'Gives an appeal to somebody else to judge, who took no part in what it is against',
    input: z.object({ ...onCase, judgeId: person }),
    result: Acted,
  }),
  decideAppeal: endpoint('POST /cases/:caseId/appeal/decision', {
    ...judge,
    summary:
      'Upholds an appeal, wholly or in part, so that the case goes back, or dismisses it and says where else the customer can turn to; they are told',
    input: z.object({ ...onCase, ...contestSaid.decided }),
    result: Acted,
  }),
  withdrawAppeal: endpoint('POST /cases/:caseId/appeal/withdrawal', {
    ...write,
    summary: 'Notes that the customer takes their appeal back; what they were answered stands, and they are told so',
    input: z.object({ ...onCase, ...contestSaid.withdrawn }),
    result: Acted,
  }),
  refer: endpoint('POST /cases/:caseId/referrals', {
    ...write,
    summary: 'Notes that the case was taken to a body outside, and by when it wants an answer',
    input: z.object({ ...onCase, bodyId: id, receivedOn: day, ...contestSaid.referral, note: maybe(5000) }),
    result: Acted,
  }),
  changeReferral: endpoint('PUT /cases/:caseId/referrals/:referralId', {
    ...write,
    summary: 'Writes the reference of a body outside and the day of its deadline anew',
    input: z.object({ ...onCase, referralId: id, ...contestSaid.referral }),
    result: Acted,
  }),
  sendReferral: endpoint('POST /cases/:caseId/referrals/:referralId/sendings', {
    ...write,
    summary: 'Notes what a body outside was sent, with files',
    input: z.object({ ...onCase, referralId: id, ...contestSaid.sent }),
    result: Acted,
  }),
  decideReferral: endpoint('POST /cases/:caseId/referrals/:referralId/outcome', {
    ...write,
    summary: 'Notes what a body outside decided; what binds the company and is for the customer takes the case back to its remedy',
    input: z.object({ ...onCase, referralId: id, ...contestSaid.outcome }),
    result: Acted,
  }),
}
