import { z } from 'zod'
import { customerIn, day, endpoint, instant, money, nothing, page, paging, wholeNumber } from '#platform/contract.ts'
import { risingTiers } from '../domain/growth.ts'
import { treatmentOutcomes, treatmentStates } from '../domain/treatment.ts'
import { ExemptionReason, Tier } from './shapes.ts'

const id = z.uuid()
const version = z.int().min(1)
const share = z.number().min(0).max(1)

const plan = { targetMinor: money.min(0).max(1_000_000_000_000_000), byDay: day.nullable(), plan: z.string().trim().min(1).max(2000) }
const GrowthPlan = z.object({ ...plan, version, changedAt: instant, changedBy: z.string() })

const Treatment = z.object({
  id,
  customerId: id,
  outcome: z.enum(treatmentOutcomes),
  terms: z.object({ changeShare: share, lostShare: share }),
  exemptionReason: ExemptionReason.nullable(),
  note: z.string().nullable(),
  profitMinor: money,
  projectedMinor: money,
  state: z.enum(treatmentStates),
  proposedAt: instant,
  proposedBy: z.string(),
  decidedAt: instant.nullable(),
  decidedBy: z.string().nullable(),
  decisionNote: z.string().nullable(),
  version,
})

/** Who may rise, and what becomes of those who cost more than they bring (C-03, C-04, C-09). */
export const growthEndpoints = {
  growth: endpoint('GET /value/growth', {
    permission: 'value.read',
    about: 'reach',
    notes: 'list',
    summary:
      'Gold customers by what they could bring more, or iron ones by profit, each with what is lacking to the next tier; who passes its floor is proposed for promotion',
    timeLimit: 5_000,
    input: z.object({ tier: z.enum(risingTiers), limit: wholeNumber(1, 200).optional() }),
    result: z.object({
      /** Profit from which the next tier begins; null before a valuation, or where nobody reaches it. */
      floorMinor: money.nullable(),
      next: Tier,
      items: z.array(
        z.object({
          customerId: id,
          name: z.string(),
          ownerId: z.string().nullable(),
          profitMinor: money,
          lifetimeValueMinor: money,
          elsewherePercent: z.int().nullable().meta({ description: 'Share of their purchases that others have; null: nobody noted it' }),
          potentialMinor: money.nullable(),
          targetMinor: money.nullable(),
          gapMinor: money.nullable(),
          passes: z.boolean(),
          plan: GrowthPlan.nullable(),
        }),
      ),
    }),
  }),
  saveGrowthPlan: endpoint('PUT /value/customers/:customerId/growth-plan', {
    permission: 'value.serve',
    about: customerIn('customerId'),
    summary: 'Writes how a customer is to rise: to which profit, by when, by what; version 0 where there is no plan yet',
    input: z.object({ customerId: id, version: z.int().min(0), ...plan }),
    result: GrowthPlan,
  }),
  removeGrowthPlan: endpoint('DELETE /value/customers/:customerId/growth-plan', {
    permission: 'value.serve',
    about: customerIn('customerId'),
    summary: 'Takes the plan away by which a customer was to rise',
    input: z.object({ customerId: id, version }),
    result: nothing,
  }),
  treatments: endpoint('GET /value/treatments', {
    permission: 'value.read',
    about: 'reach',
    notes: 'list',
    summary: 'What is to become of customers who cost more than they bring: proposed, approved or rejected, newest first',
    input: z.object({ state: z.enum(treatmentStates), ...paging }),
    result: page(Treatment.extend({ customerName: z.string() })),
  }),
  customerTreatments: endpoint('GET /value/customers/:customerId/treatments', {
    permission: 'value.read',
    about: customerIn('customerId'),
    notes: 'input.customerId',
    summary:
      'What was proposed and decided about a customer, newest first, with the sums from which the profit of each outcome is projected',
    input: z.object({ customerId: id }),
    result: z.object({
      items: z.array(Treatment),
      /** Null before a valuation. */
      parts: z
        .object({
          revenueMinor: money,
          discountMinor: money,
          refundMinor: money,
          costOfGoodsMinor: money,
          costToServeMinor: money,
        })
        .nullable(),
      tier: Tier.nullable(),
      exempt: z.boolean(),
    }),
  }),
  proposeTreatment: endpoint('POST /value/customers/:customerId/treatments', {
    permission: 'value.manage',
    about: customerIn('customerId'),
    summary:
      'Proposes to keep a customer for a strategic value, to raise the price, to serve at less cost, or to release; the profit that follows is computed and kept',
    input: z.object({
      customerId: id,
      outcome: z.enum(treatmentOutcomes),
      terms: z.object({
        changeShare: share.meta({ description: 'By which share prices rise, or the cost to serve falls' }),
        lostShare: share.meta({ description: 'Which share of the purchases is expected to be lost for it' }),
      }),
      exemptionReason: ExemptionReason.nullable().meta({ description: 'Why the customer is kept; for that outcome alone' }),
      note: z.string().trim().min(1).max(1000).nullable(),
    }),
    result: Treatment,
  }),
  decideTreatment: endpoint('POST /value/customers/:customerId/treatments/:treatmentId/decision', {
    permission: 'value.approve',
    about: customerIn('customerId'),
    summary: 'Approves or rejects what somebody else has proposed; who is to be kept is exempt as strategic from then on',
    input: z.object({
      customerId: id,
      treatmentId: id,
      version,
      approved: z.boolean(),
      note: z.string().trim().min(1).max(1000).nullable(),
    }),
    result: Treatment,
  }),
}
