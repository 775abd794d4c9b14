import { z } from 'zod'
import { money } from '#platform/contract.ts'

/** Shapes of the figures of `domain/figures`. */
const basis = z.enum(['none', 'few', 'enough'])
export const Interval = z.object({ low: z.number(), high: z.number() })
export const Share = z.object({ part: z.int(), whole: z.int(), share: z.number().nullable(), interval: Interval.nullable(), basis })

const Bracket = z.object({ low: z.number(), high: z.number().nullable(), estimate: z.number() })
const Quantile = z.object({
  seconds: Bracket.nullable(),
  interval: z.object({ low: z.number().nullable(), high: z.number().nullable() }),
})
export const Durations = z.object({ cases: z.int(), stillOpen: z.int(), median: Quantile, p90: Quantile, basis })

export const Pareto = z.object({
  total: z.int(),
  bars: z.array(
    z.object({
      key: z.string(),
      value: z.int(),
      rank: z.int(),
      share: z.number(),
      cumulative: z.number(),
      vital: z.boolean(),
      interval: Interval.nullable(),
    }),
  ),
  other: z.object({ keys: z.int(), value: z.int(), share: z.number() }).nullable(),
  vital: z.array(z.string()),
  vitalShare: z.number(),
  pronounced: z.boolean(),
  basis,
})

export const Rate = z.object({
  complaints: z.int(),
  orders: z.int(),
  perThousand: z.number().nullable(),
  interval: Interval.nullable(),
  basis,
})
export const trendVerdict = z.enum(['rising', 'falling', 'no-detectable-change', 'too-little-data'])
export const RateTrend = z.object({
  periods: z.array(Rate.extend({ period: z.string() })),
  overall: Rate,
  change: z.number().nullable(),
  interval: Interval.nullable(),
  verdict: trendVerdict,
  uneven: z.boolean(),
})

const cost = {
  cases: z.int(),
  handlingMinutes: z.int(),
  remediesMinor: money,
  goodwillMinor: money,
  recoveredMinor: money,
  handlingMinor: money,
  costMinor: money,
  perCaseMinor: money.nullable(),
}
export const Cost = z.object({
  categories: z.array(z.object({ ...cost, category: z.string(), share: z.number().nullable() })),
  total: z.object(cost),
})

export const contestFigures = {
  appeals: z.int(),
  appealsDecided: z.int(),
  appealsUpheld: Share,
  referrals: z.int(),
  referralsDecided: z.int(),
  overturned: Share,
}

const closed = z.object({ 'three-days': z.int(), 'eight-weeks': z.int(), later: z.int() })
const regulator = {
  outstandingBefore: z.int(),
  opened: z.int(),
  closed,
  closedTotal: z.int(),
  outstandingAfter: z.int(),
  withinThreeDays: Share,
  withinEightWeeks: Share,
  upheld: Share,
  rejected: Share,
  unjudged: z.int(),
  redressMinor: money,
  upheldRedressMinor: money,
  unexplained: z.int(),
  contests: z.object(contestFigures),
}
export const Regulator = z.object({
  total: z.object(regulator),
  byProduct: z.array(z.object({ ...regulator, product: z.string() })),
  byCategory: z.array(z.object({ ...regulator, category: z.string() })),
  cells: z.array(z.object({ ...regulator, product: z.string(), category: z.string() })),
})

export const Stretch = z.object({ complaints: z.int(), orders: z.int(), days: z.int() })
export const verdict = z.enum(['effective', 'not-effective', 'too-early', 'too-little-data'])
export const EffectivenessCheck = z.object({
  checkDay: z.int(),
  verdict,
  why: z.enum([
    'day-not-reached',
    'nothing-before',
    'nothing-to-measure',
    'fell',
    'rose',
    'fell-too-little',
    'cannot-tell',
    'fell-but-how-much',
  ]),
  before: Stretch,
  after: Stretch,
  rateBefore: Rate,
  rateAfter: Rate,
  ratio: z.number().nullable(),
  interval: Interval.nullable(),
  chance: z.number().nullable(),
  expectedAfter: z.number().nullable(),
  neededWithoutComplaint: z.number().nullable(),
})
