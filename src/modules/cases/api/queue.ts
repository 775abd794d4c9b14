import { z } from 'zod'
import { endpoint, instant, thingIn } from '#platform/contract.ts'
import { tiers } from '../domain/taxonomy.ts'
import { id } from './said.ts'
import { Acted } from './shapes.ts'

const InHand = z.object({ inHand: z.int(), most: z.int() })

export const queueEndpoints = {
  takeNext: endpoint('POST /cases/next', {
    permission: 'cases.write',
    about: 'reach',
    summary:
      'Takes the first case of nobody that one may handle; of many who ask at once each gets another. Null where there is none; heldBack says whether some wait because as many are in hand as may be',
    input: z.object({ queue: z.enum(['nobody', 'team', 'department']) }),
    result: z.object({ case: Acted.nullable(), heldBack: z.boolean() }),
  }),
  place: endpoint('GET /cases/:caseId/place', {
    permission: 'cases.read',
    about: thingIn('cases.case', 'caseId'),
    notes: 'result.customerId',
    summary: 'Why a case stands in queues where it does, and how many of nobody’s stand before it',
    input: z.object({ caseId: id }),
    result: z.object({
      customerId: id.nullable(),
      /** From it and what stands below the tier could be worked out. */
      rankAt: instant.nullable().meta({ personal: 'value.read' }),
      /** Why it stands before everything else: somebody is in danger, or the first look said that something has to be done at once. */
      immediate: z.enum(['danger', 'assessed']).nullable(),
      tier: z
        .object({ tier: z.enum(tiers), headStartMinutes: z.int() })
        .nullable()
        .meta({ personal: 'value.read' }),
      severity: z.object({ severity: z.int(), headStartMinutes: z.int() }),
      /** What the policy of the customer gives, raised where it was said again or went higher. */
      place: z.object({ place: z.int(), headStartMinutes: z.int() }).nullable().meta({ personal: 'value.read' }),
      /** For which team it waits. */
      teamId: id.nullable().meta({ personal: 'value.read' }),
      /** It waits because as many are in hand as may be of its team or about its product, and goes on when one of them ends. What has to be done at once is never held back. */
      heldBack: z.boolean(),
      /** How the limits that apply stand, while it waits. */
      teamLimit: InHand.nullable().meta({ personal: 'value.read' }),
      productLimit: InHand.extend({ code: z.string(), name: z.string().nullable() }).nullable(),
      dueInMinutes: z.int().nullable(),
      waitedMinutes: z.int(),
      /** Up to a hundred. */
      ahead: z.int().nullable(),
    }),
  }),
  limits: endpoint('GET /case-limits', {
    permission: 'cases.manage',
    about: 'nobody',
    summary:
      'How many cases are in hand of each team and about each product that have a limit, and of one more team or product that is named',
    input: z.object({ teamId: id.optional(), productCode: z.string().max(100).optional() }),
    result: z.object({
      teams: z.array(z.object({ teamId: id, inHand: z.int() })),
      products: z.array(z.object({ productCode: z.string(), name: z.string().nullable(), inHand: z.int() })),
    }),
  }),
}
