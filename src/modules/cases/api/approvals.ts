import { z } from 'zod'
import { endpoint, instant, money, page, paging, thingIn } from '#platform/contract.ts'
import { tiers } from '../domain/taxonomy.ts'
import { Demand, id, Remedy } from './said.ts'

const Waiting = z.object({
  id,
  level: z.int(),
  /** Null: by the table nobody may decide. */
  approverId: z.string().nullable(),
  askedAt: instant,
  dueAt: instant,
  late: z.boolean(),
  amountMinor: money,
  decision: z.string().nullable(),
  decidedAt: instant.nullable(),
  decidedBy: z.string().nullable(),
})

/** Whether the one who asks may decide; where not, why, and who could. */
const May = z.object({
  allowed: z.boolean(),
  reason: z.string().nullable(),
  limitMinor: money.nullable(),
  /** Whose authority it would be, where it is not their own. */
  deputyFor: z.string().nullable(),
  could: z.array(z.string()),
})

/** What waits for a decision (G-09). */
export const approvalEndpoints = {
  approvals: endpoint('GET /case-approvals', {
    permission: 'cases.approve',
    about: 'reach',
    notes: 'list',
    summary:
      'Proposals that wait for one’s decision, or for anybody’s, what is due first first, each with what the customer asked for beside what is proposed',
    timeLimit: 2000,
    input: z.object({ of: z.enum(['mine', 'all']).optional(), ...paging }),
    result: page(
      Waiting.extend({
        may: May,
        case: z.object({
          id,
          number: z.string(),
          subject: z.string(),
          /** Null where one may not see the customer. */
          customer: z.object({ id, name: z.string() }).nullable(),
          tier: z.enum(tiers).nullable(),
          category: z.string().nullable(),
          reason: z.string().nullable(),
          severity: z.int(),
          repeated: z.boolean(),
          version: z.int(),
        }),
        demand: Demand.nullable(),
        cause: z.string().nullable(),
        proposed: z.object({
          remedies: z.array(Remedy),
          reason: z.string(),
          preventive: z.string().nullable(),
          by: z.string(),
          at: instant,
        }),
      }),
    ),
  }),
  approvalOf: endpoint('GET /cases/:caseId/approval', {
    permission: 'cases.read',
    about: thingIn('cases.case', 'caseId'),
    summary: 'Who was asked to decide on a case and by when, and whether one may decide oneself',
    input: z.object({ caseId: id }),
    result: z.object({ waits: z.boolean(), asked: z.array(Waiting), may: May.nullable() }),
  }),
}
