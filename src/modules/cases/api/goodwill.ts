import { z } from 'zod'
import { endpoint, list, money, page, paging, thingIn } from '#platform/contract.ts'
import { claimStates } from '../domain/supplier-claim.ts'
import { channel, id, said, version, words } from './said.ts'
import { Acted, ListedCase } from './shapes.ts'

const write = { permission: 'cases.write' }
const onCase = { about: thingIn('cases.case', 'caseId') }

/** Service for people who bought elsewhere (K-05). */
export const goodwillEndpoints = {
  serveNonCustomer: endpoint('POST /non-customer-cases', {
    ...write,
    about: 'nobody',
    summary:
      'Records that somebody is helped who is no customer: they become a prospect, unless what they are reached by is known already; with goods of a rival that are taken back, where there are any',
    input: z.object({
      name: words(120),
      email: z.string().trim().max(200).regex(z.regexes.email).nullable(),
      phone: z.string().trim().max(40).nullable(),
      language: z.enum(['en', 'zh-CN', 'zh-TW']).nullable(),
      subject: words(200),
      description: words(20_000),
      channel,
      goods: z.object(said['goods-returned']).nullable(),
    }),
    result: Acted.extend({ number: z.string() }),
  }),
  returnGoods: endpoint('POST /cases/:caseId/returned-goods', {
    ...write,
    ...onCase,
    summary: 'Takes back goods of a rival; their value is what their supplier is asked for. Said again before that it is corrected',
    input: z.object({ caseId: id, version, ...said['goods-returned'] }),
    result: Acted,
  }),
  moveClaim: endpoint('POST /cases/:caseId/supplier-claim', {
    ...write,
    ...onCase,
    summary: 'Says that the supplier was asked, has paid, or refuses',
    input: z.object({ caseId: id, version, ...said['claim-moved'] }),
    result: Acted,
  }),
  supplierClaims: endpoint('GET /supplier-claims', {
    permission: 'cases.read',
    about: 'reach',
    notes: 'list',
    summary: 'What suppliers were or are to be asked for, the last first',
    timeLimit: 1000,
    input: z.object({ state: list(z.enum(claimStates)).optional(), ...paging }),
    result: page(ListedCase.extend({ claim: z.enum(claimStates), claimMinor: money })),
  }),
}
