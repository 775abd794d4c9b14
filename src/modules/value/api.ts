import { z } from 'zod'
import { customerIn, day, endpoint, instant, money, nothing, number, page, paging, wholeNumber } from '#platform/contract.ts'
import { growthEndpoints } from './api/growth.ts'
import { servicePlanEndpoints } from './api/service-plan.ts'
import { servicePolicyEndpoints } from './api/service-policies.ts'
import { serviceEndpoints } from './api/services.ts'
import * as shapes from './api/shapes.ts'

/** What every figure of a valuation comes with: null while nobody has valued the book yet. */
const valued = <T extends z.ZodType>(part: T) => z.object({ valuation: shapes.ValuationHead.nullable(), part: part.nullable() })
const customer = z.object({ customerId: z.uuid() })
const version = z.int().min(1)
/** When the decision was made on which the writer looked; null where there was none. Somebody else’s of later is not overwritten. */
const basedOn = instant.nullable()
const reason = z.string().trim().min(3).max(500)

const RunProgress = z.object({ phase: z.string(), done: z.number(), total: z.number().nullable() }).nullable()
/** What a person should do something about, as codes that the texts explain; `values` fill the sentence. */
const Warning = z.object({ code: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])) })

const spendFields = {
  campaign: z.string().trim().max(200).nullable(),
  segment: z.string().trim().max(200).nullable(),
  purpose: shapes.SpendPurpose,
  firstDay: day,
  lastDay: day,
  amountMinor: money.min(0),
}

const report = <T extends z.ZodType>(path: `GET /value/${string}`, summary: string, part: T) =>
  endpoint(path, { about: 'everybody', summary, permission: 'value.read', input: nothing, result: valued(part) })

export const valueApi = {
  overview: endpoint('GET /value/overview', {
    about: 'everybody',
    summary: 'The pyramid: customers, revenue, profit and cost to serve per tier, what the profit rests on, and what to do next',
    permission: 'value.read',
    input: nothing,
    result: z.object({
      valuation: shapes.ValuationHead.nullable(),
      part: shapes.Overview.nullable(),
      warnings: z.array(Warning),
      /** The valuation that waits or works now. */
      running: z.object({ id: z.uuid(), state: z.string(), progress: RunProgress }).nullable(),
      last: z.object({ id: z.uuid(), state: z.string(), problem: z.string().nullable() }).nullable(),
    }),
  }),
  concentration: report('GET /value/concentration', 'How far revenue and profit hang on few customers', shapes.ConcentrationView),
  sizeBands: report('GET /value/size-bands', 'Profit of big, middle and small customers by revenue', z.array(shapes.SizeBandRow)),
  promotion: report(
    'GET /value/promotion',
    'Share of revenue sold at a discount, and how customers are spread over it',
    shapes.PromotionView,
  ),
  rfm: report('GET /value/rfm', 'Customers by recency and frequency, with segments', shapes.RfmView),
  lifetimeValues: report('GET /value/lifetime-values', 'How lifetime values are distributed', shapes.LifetimeValueView),
  models: report('GET /value/models', 'The fitted models, the back-test and why the model in use was chosen', shapes.ModelsView),
  cohorts: report('GET /value/cohorts', 'Who came back how many months after the first purchase', shapes.CohortsView),
  affinity: report('GET /value/affinity', 'Products that are bought together', shapes.AffinityView),

  movement: endpoint('GET /value/movement', {
    about: 'everybody',
    summary: 'How many customers moved from tier to tier between two days; sums to all customers valued by the second day',
    permission: 'value.read',
    timeLimit: 20_000,
    input: z.object({ from: day.optional(), to: day.optional() }),
    result: z.object({ days: z.array(day), movement: shapes.MovementView.nullable() }),
  }),
  tierPreview: endpoint('GET /value/tier-preview', {
    about: 'everybody',
    summary: 'How many customers each tier would have, and with what profit, under other thresholds; from the latest valuation’s profits',
    permission: 'value.read',
    input: z.object({
      by: z.enum(['rank', 'amount']),
      platinumPercent: number(0, 100),
      goldPercent: number(0, 100),
      platinumFromMinor: number(),
      goldFromMinor: number(),
    }),
    result: z.object({
      /** Whether the profits are a sample of evenly spaced ranks (large books) or everybody’s. */
      exact: z.boolean(),
      tiers: z.array(z.object({ tier: shapes.Tier, customers: z.int(), profitMinor: money, nowCustomers: z.int(), nowProfitMinor: money })),
    }),
  }),

  listSpend: endpoint('GET /value/spend', {
    about: 'nobody',
    summary: 'Marketing spend by campaign, segment and period, newest first',
    permission: 'value.read',
    input: z.object(paging),
    result: page(shapes.Spend),
  }),
  addSpend: endpoint('POST /value/spend', {
    about: 'nobody',
    summary: 'Enters spend of a period',
    permission: 'value.manage',
    input: z.object(spendFields),
    result: shapes.Spend,
  }),
  changeSpend: endpoint('PUT /value/spend/:id', {
    about: 'nobody',
    summary: 'Changes spend that was entered or imported; refused when somebody else has changed it since the given version',
    permission: 'value.manage',
    input: z.object({ id: z.uuid(), version, ...spendFields }),
    result: shapes.Spend,
  }),
  removeSpend: endpoint('DELETE /value/spend/:id', {
    about: 'nobody',
    summary: 'Removes spend that was entered or imported',
    permission: 'value.manage',
    input: z.object({ id: z.uuid(), version }),
    result: nothing,
  }),
  spendContribution: endpoint('GET /value/spend-contribution', {
    about: 'everybody',
    summary: 'Share of spend against share of customers and of sales, per tier or RFM segment',
    permission: 'value.read',
    input: z.object({ by: z.enum(['tier', 'segment']), from: day.optional(), to: day.optional() }),
    result: z.object({ valuation: shapes.ValuationHead.nullable(), part: shapes.SpendContributionView.nullable() }),
  }),

  customer: endpoint('GET /value/customers/:customerId', {
    about: customerIn('customerId'),
    notes: 'input.customerId',
    summary: 'What a customer is worth, with everything that is needed to say why',
    permission: 'value.read',
    input: customer,
    result: z.object({
      valuation: shapes.ValuationHead.nullable(),
      current: shapes.Assessment.nullable(),
      /** From what the figures were computed; times in the unit of the model. */
      inputs: z
        .object({
          asOf: day,
          unit: z.enum(['day', 'week', 'month']),
          purchaseDays: z.int(),
          frequency: z.number(),
          recency: z.number(),
          age: z.number(),
          monetaryMinor: z.number(),
          revenueMinor: money,
          discountMinor: money,
          refundMinor: money,
          costOfGoodsMinor: money,
          unknownCostRevenueMinor: money,
          costToServeMinor: money,
          profitMinor: money,
          profitBasis: shapes.ProfitBasis,
          discountedShare: z.number().nullable(),
          horizonMonths: z.int(),
          discountPercentPerMonth: z.number(),
          model: z.object({ kind: shapes.ModelKind, parameters: z.record(z.string(), z.number()) }),
          spendModel: z.object({ kind: z.enum(['gamma-gamma', 'pooled']), parameters: z.record(z.string(), z.number()) }),
          expectedOrderValueMinor: z.number().nullable(),
          floors: z.object({ platinumMinor: z.number().nullable(), goldMinor: z.number().nullable() }),
          computedTier: shapes.Tier,
          activity: shapes.Activity,
        })
        .nullable(),
      profiling: z.boolean(),
      override: shapes.OverrideView.nullable(),
      exemption: shapes.ExemptionView.nullable(),
      /** Lead, and not exempt: may be proposed for release. */
      releasable: z.boolean(),
    }),
  }),
  customerHistory: endpoint('GET /value/customers/:customerId/assessments', {
    about: customerIn('customerId'),
    notes: 'input.customerId',
    summary: 'Every past assessment of a customer, newest first',
    permission: 'value.read',
    input: z.object({ customerId: z.uuid(), ...paging }),
    result: page(shapes.Assessment),
  }),
  customerPreferences: endpoint('GET /value/customers/:customerId/preferences', {
    about: customerIn('customerId'),
    notes: 'input.customerId',
    summary: 'What a customer likes to buy, and two lists that are never mixed: to buy again, and new for them',
    permission: 'value.read',
    input: customer,
    result: z.object({
      /** False: profiling is switched off for this person. */
      profiling: z.boolean(),
      preferences: z
        .object({
          categories: z.array(
            z.object({
              category: z.string(),
              orders: z.int(),
              quantity: z.number(),
              value: money,
              share: z.number(),
              averagePrice: z.number().nullable(),
            }),
          ),
          averageBasket: z.number().nullable(),
          interval: z.object({ median: z.number(), low: z.number(), high: z.number() }).nullable(),
          orders: z.int(),
        })
        .nullable(),
      buyAgain: z.array(z.object({ code: z.string(), name: z.string().nullable(), times: z.int() })),
      newForYou: z.array(z.object({ code: z.string(), name: z.string().nullable() })),
    }),
  }),
  setOverride: endpoint('PUT /value/customers/:customerId/tier', {
    about: customerIn('customerId'),
    summary: 'Puts a customer into a tier by decision, with a reason and until a day',
    permission: 'value.manage',
    input: z.object({ customerId: z.uuid(), basedOn, tier: shapes.Tier, reason, lastDay: day.nullable() }),
    result: z.object({ tier: shapes.Tier }),
  }),
  endOverride: endpoint('DELETE /value/customers/:customerId/tier', {
    about: customerIn('customerId'),
    summary: 'Ends a tier by decision; profit decides again',
    permission: 'value.manage',
    input: z.object({ customerId: z.uuid(), basedOn: instant }),
    result: z.object({ tier: shapes.Tier.nullable() }),
  }),
  exempt: endpoint('PUT /value/customers/:customerId/exemption', {
    about: customerIn('customerId'),
    summary: 'Keeps a customer who costs more than they bring, with the strategic reason; never proposed for release',
    permission: 'value.manage',
    input: z.object({ customerId: z.uuid(), basedOn, reason: shapes.ExemptionReason, note: z.string().trim().max(1000).nullable() }),
    result: nothing,
  }),
  endExemption: endpoint('DELETE /value/customers/:customerId/exemption', {
    about: customerIn('customerId'),
    summary: 'Ends a strategic exemption',
    permission: 'value.manage',
    input: z.object({ customerId: z.uuid(), basedOn: instant }),
    result: nothing,
  }),
  pushList: endpoint('GET /value/push-list', {
    about: 'reach',
    summary: 'Whom to tell about a new product: buyers of a category, most often buyers first, each with a relevance of 0 to 1',
    permission: 'value.read',
    timeLimit: 5_000,
    input: z.object({
      category: z.string().trim().min(1).max(200),
      valueLabel: shapes.ValueLabel.optional(),
      limit: wholeNumber(1, 200).optional(),
    }),
    result: z.object({
      items: z.array(
        z.object({
          customerId: z.uuid(),
          name: z.string(),
          tier: shapes.Tier,
          valueLabel: shapes.ValueLabel,
          orders: z.int(),
          ordersInCategory: z.int(),
          relevance: z.number(),
        }),
      ),
    }),
  }),

  requestValuation: endpoint('POST /value/valuations', {
    about: 'everybody',
    summary: 'Values the whole book again; while one waits already, that one is returned',
    permission: 'value.manage',
    input: nothing,
    result: z.object({ runId: z.uuid() }),
  }),
  valuations: endpoint('GET /value/valuations', {
    about: 'nobody',
    summary: 'The latest valuations',
    permission: 'value.read',
    input: z.object({ limit: wholeNumber(1, 100).optional() }),
    result: z.object({ items: z.array(z.object({ runId: z.uuid(), asOf: day, finishedAt: instant, customers: z.int() })) }),
  }),
  ...servicePolicyEndpoints,
  ...servicePlanEndpoints,
  ...serviceEndpoints,
  ...growthEndpoints,
}
