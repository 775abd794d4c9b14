import { z } from 'zod'
import { endpoint, instant, thingIn } from '#platform/contract.ts'
import { tiers } from '../domain/taxonomy.ts'
import { id } from './said.ts'
import { Acted } from './shapes.ts'

export const queueEndpoints = {
  takeNext: endpoint('POST /cases/next', {
    permission: 'cases.write',
    about: 'reach',
    summary: 'Takes the first case of nobody that one may handle; of many who ask at once each gets another. Null where there is none',
    input: z.object({ queue: z.enum(['nobody', 'team', 'department']) }),
    result: z.object({ case: Acted.nullable() }),
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
      dueInMinutes: z.int().nullable(),
      waitedMinutes: z.int(),
      /** Up to a hundred. */
      ahead: z.int().nullable(),
    }),
  }),
}
