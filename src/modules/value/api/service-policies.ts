import { z } from 'zod'
import { customerIn, endpoint, instant, money, nothing } from '#platform/contract.ts'
import { type MixElement, mixElements, policyKinds, type ServiceTarget, serviceChannels, serviceTargets } from '../domain/service-policy.ts'
import { Tier } from './shapes.ts'

const id = z.uuid()
const version = z.int().min(1)
const minutes = z.int().min(1).max(525_600).nullable().meta({ description: 'Working minutes; null: no time is promised' })
const words = z.string().trim().min(1).max(2000).nullable()
const each = <K extends string, T extends z.ZodType>(names: readonly K[], type: T) =>
  z.object(Object.fromEntries(names.map((name) => [name, type])) as Record<K, T>)

const content = {
  name: z.string().trim().min(1).max(120).nullable().meta({ description: 'Null: the product’s own name of the tier’s policy' }),
  mix: each<MixElement, typeof words>(mixElements, words).meta({ description: 'Null where the product’s own words hold' }),
  targets: each<ServiceTarget, typeof minutes>(serviceTargets, minutes),
  departmentId: id.nullable().meta({ description: 'Whose working hours count; null: those of the department that handles the matter' }),
  servedByDepartmentId: id.nullable(),
  servedByTeamId: id.nullable(),
  channels: z.array(z.enum(serviceChannels)).min(1).max(serviceChannels.length),
  accountManager: z.boolean(),
  cadence: words,
  benefits: z.array(z.string().trim().min(1).max(200)).max(30).nullable(),
  // Times every customer there may be it is still a whole number.
  yearlyCostMinor: money.min(0).max(1_000_000_000),
  yearlyMinutes: z.int().min(0).max(525_600),
  satisfactionGain: z.number().min(0).max(10),
  priority: z.int().min(1).max(9),
}
const PolicyView = z.object({
  id,
  version,
  kind: z.enum(policyKinds),
  tier: Tier.nullable(),
  segmentId: id.nullable(),
  /** Null for policies of no segment, and where the segment is gone or no longer shared: then nobody new belongs, or nobody may know by what. */
  segmentName: z.string().nullable(),
  ...content,
  savedAt: instant,
  savedBy: z.string(),
})
const read = { permission: 'value.read', about: 'nobody' } as const
const write = { permission: 'value.policies', about: 'nobody' } as const

/** What customers get by tier or segment, and the floor under all of it (C-02…C-05, C-12, C-13). */
export const servicePolicyEndpoints = {
  servicePolicies: endpoint('GET /value/service-policies', {
    ...read,
    summary: 'What is served now: the policies of the tiers, those of segments in the order in which they are asked, and the baseline',
    input: nothing,
    result: z.object({ items: z.array(PolicyView) }),
  }),
  servicePolicyVersions: endpoint('GET /value/service-policies/:policyId/versions', {
    ...read,
    summary: 'The latest hundred versions of a policy, newest first',
    input: z.object({ policyId: id }),
    result: z.object({ items: z.array(PolicyView) }),
  }),
  makeServicePolicy: endpoint('POST /value/service-policies', {
    ...write,
    summary: 'Makes the policy of a shared segment, which wins over that of the tier; refused below the baseline, with each field named',
    input: z.object({ segmentId: id, ...content }),
    result: PolicyView,
  }),
  changeServicePolicy: endpoint('PUT /value/service-policies/:policyId', {
    ...write,
    summary:
      'Saves the next version of a policy; refused below the baseline, with each field named. Cases that run keep the version with which they began',
    input: z.object({ policyId: id, version, ...content }),
    result: PolicyView,
  }),
  removeServicePolicy: endpoint('DELETE /value/service-policies/:policyId', {
    ...write,
    summary: 'Ends the policy of a segment; its customers are served by their tier’s again',
    input: z.object({ policyId: id, version }),
    result: nothing,
  }),
  changeServiceBaseline: endpoint('PUT /value/service-baseline', {
    ...write,
    summary: 'Saves the next version of the baseline; policies that would fall below it stop it, or are lifted to it, as asked',
    input: z.object({ version, others: z.enum(['refuse', 'lift']), ...content }),
    result: z.object({ baseline: PolicyView, lifted: z.array(z.object({ id, version })) }),
  }),
  customerServicePolicy: endpoint('GET /value/customers/:customerId/service-policy', {
    permission: 'value.read',
    about: customerIn('customerId'),
    notes: 'input.customerId',
    summary: 'By which policy a customer is served, and why by this one',
    input: z.object({ customerId: id }),
    result: z.object({
      policy: PolicyView,
      because: z.enum(['segment', 'tier', 'not-valued', 'tier-without-policy']),
      tier: Tier.nullable(),
      /** Who looks after the customer, where the policy names them. */
      accountManagerId: z.string().nullable(),
    }),
  }),
}
