import { z } from 'zod'
import { endpoint, money, nothing } from '#platform/contract.ts'
import { ValuationHead } from './shapes.ts'

const id = z.uuid()
const version = z.int().min(1)
const read = { permission: 'value.read', about: 'nobody' } as const
const write = { permission: 'value.policies', about: 'nobody' } as const

const feature = {
  name: z.string().trim().min(1).max(200),
  note: z.string().trim().max(1000).nullable(),
  ours: z.boolean(),
  matchedBy: z.array(z.string().trim().min(1).max(120)).max(50),
}
const Feature = z.object({ id, ...feature, standing: z.enum(['only-us', 'shared', 'behind', 'nobody']), version })

export const servicePlanEndpoints = {
  servicePlan: endpoint('GET /value/service-plan', {
    permission: 'value.read',
    about: 'everybody',
    summary:
      'What the policies cost and ask of the staff in a year, against what their customers bring, the budget and the hours there are (C-14)',
    timeLimit: 20_000,
    input: nothing,
    result: z.object({
      valuation: ValuationHead.nullable(),
      means: z.object({
        yearlyBudgetMinor: money.nullable(),
        agents: z.int().nullable(),
        hoursPerAgent: z.int(),
        /** What one point of satisfaction of one customer is worth in a year; null: nobody has said. */
        minorPerPoint: money.nullable(),
      }),
      /** Null while nobody was valued. */
      plan: z
        .object({
          rows: z.array(
            z.object({
              policyId: id,
              customers: z.int(),
              profitMinor: money,
              costMinor: money,
              minutes: z.int(),
              warnings: z.array(z.enum(['too-dear', 'below-floor-cost', 'below-floor-minutes'])),
            }),
          ),
          costMinor: money,
          neededMinutes: z.int(),
          availableMinutes: z.int().nullable(),
          warnings: z.array(z.enum(['over-budget', 'short-of-staff', 'idle-staff'])),
        })
        .nullable(),
    }),
  }),
  serviceFeatures: endpoint('GET /value/service-features', {
    ...read,
    summary: 'What our service has, which competitors have it too, and where we stand alone (C-15)',
    input: nothing,
    result: z.object({ items: z.array(Feature), competitors: z.array(z.string()) }),
  }),
  addServiceFeature: endpoint('POST /value/service-features', {
    ...write,
    summary: 'Adds a feature of service to the comparison',
    input: z.object(feature),
    result: Feature,
  }),
  changeServiceFeature: endpoint('PUT /value/service-features/:featureId', {
    ...write,
    summary: 'Writes a feature of service anew',
    input: z.object({ featureId: id, version, ...feature }),
    result: Feature,
  }),
  removeServiceFeature: endpoint('DELETE /value/service-features/:featureId', {
    ...write,
    summary: 'Takes a feature of service out of the comparison',
    input: z.object({ featureId: id, version }),
    result: nothing,
  }),
}
