import { z } from 'zod'
import { day, instant, money } from '#platform/contract.ts'

export const Tier = z.enum(['platinum', 'gold', 'iron', 'lead'])
export const ValueLabel = z.enum(['high', 'middle', 'low'])
export const Activity = z.enum(['none', 'new', 'returning', 'old', 'asleep'])
export const ModelKind = z.enum(['pooled', 'nbd', 'bg-nbd', 'mbg-nbd', 'pareto-nbd'])
export const Grade = z.enum(['A', 'B', 'C', 'D'])
export const ChoiceReason = z.enum(['back-test', 'no-back-test', 'too-little-data', 'set-by-hand'])
export const ProfitBasis = z.enum(['known', 'margin', 'revenue'])
export const TierReason = z.enum(['rank', 'amount', 'kept', 'costs-more', 'by-hand'])
const share = z.number()
/** An estimate in minor units, with fractions. */
const estimate = z.number()

/** Which valuation a figure comes from. */
export const ValuationHead = z.object({ runId: z.uuid(), asOf: day, finishedAt: instant, customers: z.int() })

export const TierRow = z.object({
  tier: Tier,
  customers: z.int(),
  revenueMinor: money,
  profitMinor: money,
  serviceCostMinor: money,
  lifetimeValueMinor: money,
  /** In this tier by a decision instead of by profit. */
  byHand: z.int(),
  /** Lead, and not exempt as strategic: may be proposed for release. */
  releasable: z.int(),
})

export const SegmentRow = z.object({ segment: z.string(), customers: z.int(), revenueMinor: money, profitMinor: money })

export const Overview = z.object({
  customers: z.int(),
  buyers: z.int(),
  repeatBuyers: z.int(),
  revenueMinor: money,
  profitMinor: money,
  lifetimeValueMinor: money,
  expectedOrders: z.number(),
  tiers: z.array(TierRow),
  /** Profit from which platinum and gold begin; null where nobody reaches it. */
  floors: z.object({ platinumMinor: estimate.nullable(), goldMinor: estimate.nullable() }),
  labels: z.array(z.object({ label: ValueLabel, customers: z.int() })),
  activities: z.array(z.object({ activity: Activity, customers: z.int() })),
  segments: z.array(SegmentRow),
  /** How many customers' profit rests on what; the book's basis is the weakest that occurs. */
  profitBases: z.array(z.object({ basis: ProfitBasis, customers: z.int() })),
  /** Net revenue whose cost of goods nobody has recorded. */
  unknownCostRevenueMinor: money,
  organisationMarginPercent: z.number().nullable(),
  /** Why the as-of day is what it is. */
  asOfReason: z.enum(['today', 'newest-order', 'given']),
  newestOrderDay: day.nullable(),
  chosen: ModelKind,
  choiceReason: ChoiceReason,
  grade: Grade.nullable(),
  profilingOff: z.int(),
})

const ConcentrationCurve = z.object({
  customers: z.int(),
  total: estimate,
  curve: z.array(z.object({ customers: share, value: share })),
  topFifth: share,
  customersForFourFifths: share,
})
export const ConcentrationView = z.object({ revenue: ConcentrationCurve.nullable(), profit: ConcentrationCurve.nullable() })

export const SizeBandRow = z.object({
  band: z.enum(['big', 'middle', 'small']),
  customers: z.int(),
  revenue: money,
  discounts: money,
  costToServe: money,
  transactionCost: money,
  profit: money,
  margin: share.nullable(),
})

export const PromotionView = z.object({
  netRevenue: money,
  discountedRevenue: money,
  share: share.nullable(),
  customersByShare: z.array(z.int()),
  onlyDiscounted: z.int(),
})

export const RfmView = z.object({
  bands: z.int(),
  windowDays: z.int().nullable(),
  /** Customers by recency score and frequency score, with their mean monetary score and net revenue. */
  cells: z.array(z.object({ recency: z.int(), frequency: z.int(), customers: z.int(), monetaryScore: z.number(), revenueMinor: money })),
  /** Smallest value of each score above 1; null where nobody reaches the score. Recency in days since the last order (fewer is better). */
  limits: z.object({
    recencyDays: z.array(z.number().nullable()),
    frequency: z.array(z.number().nullable()),
    monetaryMinor: z.array(z.number().nullable()),
  }),
  segments: z.array(SegmentRow),
})

export const LifetimeValueView = z.object({
  customers: z.int(),
  totalMinor: money,
  meanMinor: estimate.nullable(),
  medianMinor: estimate.nullable(),
  horizonMonths: z.int(),
  discountPercentPerMonth: z.number(),
  /** Customers with a lifetime value from … below `to`; the last bin has no end. */
  bins: z.array(z.object({ fromMinor: estimate, toMinor: estimate.nullable(), customers: z.int(), totalMinor: money })),
})

export const ModelFitView = z.object({
  kind: ModelKind,
  parameters: z.record(z.string(), z.number()).nullable(),
  standardErrors: z.record(z.string(), z.number()).nullable(),
  logLikelihood: z.number().nullable(),
  usable: z.boolean(),
  reason: z.string().nullable(),
  customers: z.int(),
  evaluations: z.int(),
})

const Score = z.object({
  expectedOrders: z.number().nullable(),
  bias: z.number().nullable(),
  meanAbsoluteError: z.number().nullable(),
  rootMeanSquareError: z.number().nullable(),
  areaUnderCurve: z.number().nullable(),
  brier: z.number().nullable(),
  meanProbability: z.number().nullable(),
})

export const BackTestView = z.object({
  calibrationEnd: day,
  end: day,
  customers: z.int(),
  repeatBuyers: z.int(),
  /** Every how many-th customer was looked at. */
  sampledEvery: z.int(),
  actualOrders: z.number(),
  actualRate: share,
  stepDays: z.int(),
  actualCumulative: z.array(z.number()),
  customersByFrequency: z.array(z.number()),
  actualByFrequency: z.array(z.number()),
  models: z.array(
    Score.extend({
      kind: ModelKind,
      usable: z.boolean(),
      reason: z.string().nullable(),
      logLikelihood: z.number().nullable(),
      byFrequency: z.array(z.number()),
      cumulative: z.array(z.number()),
    }),
  ),
  lastRate: Score,
  recency: Score,
})

export const ModelsView = z.object({
  unit: z.enum(['day', 'week', 'month']),
  calibrationEnd: day,
  buyers: z.int(),
  repeatBuyers: z.int(),
  minimumRepeatBuyers: z.int(),
  chosen: ModelKind,
  choiceReason: ChoiceReason,
  grade: Grade.nullable(),
  fits: z.array(ModelFitView),
  spend: z
    .object({
      kind: z.enum(['gamma-gamma', 'pooled']),
      parameters: z.record(z.string(), z.number()).nullable(),
      standardErrors: z.record(z.string(), z.number()).nullable(),
      logLikelihood: z.number().nullable(),
      reason: z.string().nullable(),
      correlation: z.number().nullable(),
      populationMean: z.number().nullable(),
      customers: z.int(),
    })
    .nullable(),
  backTest: BackTestView.nullable(),
  seconds: z.record(z.string(), z.number()),
})

export const CohortsView = z.object({
  firstMonth: z.int(),
  lastMonth: z.int(),
  active: z.array(z.array(z.int())),
  value: z.array(z.array(z.number())),
})

export const AffinityPair = z.object({
  a: z.string(),
  b: z.string(),
  aName: z.string().nullable(),
  bName: z.string().nullable(),
  together: z.int(),
  ofA: z.int(),
  ofB: z.int(),
  support: share,
  confidenceAToB: share,
  confidenceBToA: share,
  lift: z.number(),
})
export const AffinityView = z.object({
  baskets: z.int(),
  products: z.int(),
  /** Whether only the newest baskets were looked at. */
  limited: z.boolean(),
  skipped: z.int(),
  bySupport: z.array(AffinityPair),
  byLift: z.array(AffinityPair),
})

export const TierMove = z.object({ from: Tier.nullable(), to: Tier, customers: z.int() })
export const MovementView = z.object({ from: day.nullable(), to: day, customers: z.int(), moves: z.array(TierMove) })

export const SpendPurpose = z.enum(['acquire', 'retain', 'both'])
export const Spend = z.object({
  id: z.uuid(),
  campaign: z.string().nullable(),
  segment: z.string().nullable(),
  purpose: SpendPurpose,
  firstDay: day,
  lastDay: day,
  amountMinor: money,
  source: z.string(),
  version: z.int(),
})

export const SpendContributionView = z.object({
  from: day,
  to: day,
  totalMinor: money,
  /** Spend of no segment, or of one that nobody is in: shown, not spread. */
  unassignedMinor: money,
  segments: z.array(
    z.object({
      segment: z.string(),
      customers: z.int(),
      spendMinor: money,
      salesMinor: money,
      customerShare: share,
      spendShare: share,
      salesShare: share,
      misallocated: z.boolean(),
      proportionalSpendMinor: estimate,
    }),
  ),
  misallocated: z.boolean(),
  correlation: z.number().nullable(),
})

export const Assessment = z.object({
  asOf: day,
  runId: z.uuid(),
  tier: Tier,
  tierReason: TierReason,
  valueLabel: ValueLabel,
  recencyScore: z.int().nullable(),
  frequencyScore: z.int().nullable(),
  monetaryScore: z.int().nullable(),
  profitMinor: money,
  lifetimeValueMinor: money,
  expectedSpendMinor: money,
  expectedOrders: z.number(),
  probabilityAlive: z.number().nullable(),
  probabilityOrdering: z.number().nullable(),
})

export const ExemptionReason = z.enum(['network-effect', 'popularity', 'referral', 'low-marginal-cost', 'other'])
export const OverrideView = z.object({ tier: Tier, reason: z.string(), lastDay: day.nullable(), setAt: instant, setBy: z.string() })
export const ExemptionView = z.object({ reason: ExemptionReason, note: z.string().nullable(), setAt: instant, setBy: z.string() })
