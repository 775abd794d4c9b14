import { z } from 'zod'
import { setting } from '#platform/module.ts'
import { unfitLimits } from './domain/rfm.ts'

const percent = z.number().min(0).max(100)

/** How the future is looked at: unit of the models, months ahead, and what a coming month's money is worth less. */
export const forecastSetting = setting(
  'value.forecast',
  z.object({
    unit: z.enum(['day', 'week', 'month']),
    horizonMonths: z.int().min(1).max(120),
    discountPercentPerMonth: z.number().min(0).max(20),
    /** The most demanding of the models that are compared. */
    paretoNbd: z.enum(['fitted', 'left-out']),
  }),
  { unit: 'week', horizonMonths: 12, discountPercentPerMonth: 1, paretoNbd: 'fitted' },
)

/** Who belongs to which tier: by rank of profit (shares of all customers) or by amounts of profit. Below a profit of 0 a customer is lead either way. */
export const tierSetting = setting(
  'value.tiers',
  z.object({
    by: z.enum(['rank', 'amount']),
    /** Percent of all customers, from the top. */
    platinumPercent: percent,
    goldPercent: percent,
    ironPercent: percent,
    /** Profit in minor units from which a customer is platinum or gold, where `by` is amount. */
    platinumFromMinor: z.int(),
    goldFromMinor: z.int(),
    /** How far a customer's profit must pass a boundary before the tier changes, so that tiers do not flicker. */
    hysteresisPercent: z.number().min(0).max(50),
  }),
  {
    by: 'rank',
    platinumPercent: 5,
    goldPercent: 20,
    ironPercent: 60,
    platinumFromMinor: 100_000,
    goldFromMinor: 20_000,
    hysteresisPercent: 10,
  },
)

/** Scores of recency, frequency and monetary value, the days that are looked at (null: everything), and where each score begins (null: bands of equal size). */
export const rfmSetting = setting(
  'value.rfm',
  z
    .object({
      bands: z.int().min(2).max(10),
      windowDays: z.int().min(30).max(3650).nullable(),
      limits: z
        .object({
          recencyDays: z.array(z.int().min(0).max(36_500)),
          frequency: z.array(z.int().min(1).max(100_000)),
          monetaryMinor: z.array(z.int().min(0).max(1_000_000_000_000_000)),
        })
        .nullable(),
    })
    .superRefine(({ bands, limits }, context) => {
      for (const measure of limits ? unfitLimits(limits, bands) : [])
        context.addIssue({
          code: 'custom',
          path: ['limits', measure],
          message: `must hold ${bands - 1} limits, one for each score above 1, each ${measure === 'recencyDays' ? 'smaller' : 'larger'} than the one before`,
        })
    }),
  { bands: 5, windowDays: null, limits: null },
)

/** Part of net revenue that is left after the cost of goods, where no line, product or category says it. Null: nobody has said it, so profit is revenue-based. */
export const marginSetting = setting('value.margin', z.object({ percent: percent.nullable() }), { percent: null })

/** What serving costs, in minor units, where an interaction does not carry its own cost. */
export const serviceCostSetting = setting(
  'value.service-cost',
  z.object({
    minorPerMinute: z.int().min(0),
    minorPerContact: z.record(z.string().max(40), z.int().min(0)),
  }),
  { minorPerMinute: 0, minorPerContact: {} },
)

/** New, returning or old customer, in days: new since the first order, old after so many, asleep without an order for so many. */
export const activitySetting = setting(
  'value.activity',
  z.object({ newDays: z.int().min(1).max(3650), oldDays: z.int().min(1).max(3650), asleepDays: z.int().min(1).max(3650) }),
  { newDays: 90, oldDays: 365, asleepDays: 365 },
)

/** Who counts as big and middle by revenue, in percent of all customers, and what handling one order costs. */
export const sizeBandSetting = setting(
  'value.size-bands',
  z.object({ bigPercent: percent, middlePercent: percent, minorPerOrder: z.int().min(0) }),
  { bigPercent: 5, middlePercent: 25, minorPerOrder: 0 },
)

/** What the year's service may cost, who is there to give it, and what a point of satisfaction of one customer is worth in a year, minor units. Null: nobody has said, so it is not compared. */
export const servicePlanSetting = setting(
  'value.service-plan',
  z.object({
    yearlyBudgetMinor: z.int().min(0).nullable(),
    agents: z.int().min(0).max(1_000_000).nullable(),
    hoursPerAgent: z.int().min(1).max(8784),
    minorPerPoint: z.int().min(0).nullable(),
  }),
  { yearlyBudgetMinor: null, agents: null, hoursPerAgent: 1600, minorPerPoint: null },
)

/** Settings from which a valuation is computed. */
export const valuationSettings = [
  forecastSetting,
  tierSetting,
  rfmSetting,
  marginSetting,
  serviceCostSetting,
  activitySetting,
  sizeBandSetting,
]

export const valueSettings = [...valuationSettings, servicePlanSetting]
