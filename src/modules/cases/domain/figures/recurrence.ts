import { type RateRatio, rateRatio } from '#numerics/rate-ratio.ts'
import { type ComplaintCount, type ComplaintRate, complaintRate } from './complaint-rate.ts'
import { counted, type Interval, sized } from './reliability.ts'

/** The days after an action on which its effect is checked (ISO 10002 clause 8, CAPA effectiveness). */
export const checkDays = [30, 60, 90] as const
export type CheckDay = (typeof checkDays)[number]

/** One day of a cause after its actions were carried out; day 1 is the first whole day after them. Days without complaints or orders may be left out. */
export interface CauseDay extends ComplaintCount {
  readonly day: number
}

/** Complaints of one cause, and the orders and days they came from. */
export interface CauseStretch extends ComplaintCount {
  readonly days: number
}

/** What rates are measured by: orders, or days where a cause has nothing to do with orders. */
export type RecurrenceMeasure = 'orders' | 'days'

export interface RecurrenceRules {
  readonly measure: RecurrenceMeasure
  /** By how much a cause must have fallen to count as cured, as a share 0…1 (exclusive of 1): 0.5 is by half. */
  readonly wantedFall: number
}

export const defaultRecurrenceRules: RecurrenceRules = { measure: 'orders', wantedFall: 0.5 }

/** How sure a verdict is: a decline is proven where chance alone would bring it less than once in twenty times. */
const confidence = 0.9

export interface EffectivenessCheck {
  readonly checkDay: number
  readonly verdict: 'effective' | 'not-effective' | 'too-early' | 'too-little-data'
  /**
   * day-not-reached · nothing-before: no complaint before, so no fall can be seen · nothing-to-measure: no orders or days on one side · fell: proven to have
   * fallen, and by the best estimate at least as much as wanted · rose: proven to have risen · fell-too-little: a fall as large as wanted is excluded ·
   * cannot-tell: both are possible · fell-but-how-much: proven to have fallen, but whether enough is open.
   */
  readonly why:
    | 'day-not-reached'
    | 'nothing-before'
    | 'nothing-to-measure'
    | 'fell'
    | 'rose'
    | 'fell-too-little'
    | 'cannot-tell'
    | 'fell-but-how-much'
  readonly before: CauseStretch
  readonly after: CauseStretch
  /** Rates per thousand orders on both sides, each with its interval of 95 %. */
  readonly rateBefore: ComplaintRate
  readonly rateAfter: ComplaintRate
  /** Rate after ÷ rate before by the measure (0.25: a quarter of what it was); null without a complaint before. */
  readonly ratio: number | null
  /** Exact interval of 90 % of the ratio, so that each end is passed by chance at most once in twenty times. Null where there is no ratio or no upper end. */
  readonly interval: Interval | null
  /** Probability of so few complaints or fewer after, had nothing changed; null where there is nothing to compare. */
  readonly chance: number | null
  /** Complaints to be expected after at the former rate; null where nothing can be measured. */
  readonly expectedAfter: number | null
  /**
   * How many orders (or days) without a single complaint it takes to prove a decline; null without a complaint before. Says how much patience a rare cause asks
   * for.
   */
  readonly neededWithoutComplaint: number | null
}

/**
 * Whether the actions against a cause worked, by how often it came back: complaints after them against complaints before, for the stretch from the first day
 * after to `checkDay`, by the exact comparison of two Poisson rates (Przyborowski and Wilenski 1940). `elapsedDays` are whole days since the actions; before
 * `checkDay` the verdict is too-early whatever the figures look like.
 *
 * Before should be at least as long as after, and not only the peak that led to the actions: what is picked because it was high falls by itself. Counts are
 * whole numbers of at least 0 (RangeError otherwise).
 *
 * @example 12 complaints on 3,000 orders before, 0 on 1,000 after // => effective: ratio 0, chance 0.0317
 */
export function effectivenessCheck(
  before: CauseStretch,
  after: CauseStretch,
  checkDay: number,
  elapsedDays: number,
  rules: RecurrenceRules = defaultRecurrenceRules,
): EffectivenessCheck {
  const exposureBefore = sized(before[rules.measure], 'before')
  const exposureAfter = sized(after[rules.measure], 'after')
  counted(before.complaints, 'complaints before')
  counted(after.complaints, 'complaints after')
  const measurable = exposureBefore > 0 && exposureAfter > 0
  const ratio = measurable
    ? rateRatio({ count: after.complaints, exposure: exposureAfter }, { count: before.complaints, exposure: exposureBefore }, confidence)
    : null
  const figures = {
    checkDay,
    before,
    after,
    rateBefore: complaintRate(before),
    rateAfter: complaintRate(after),
    ratio: ratio?.ratio ?? null,
    interval: ratio && ratio.high !== null ? { low: ratio.low, high: ratio.high } : null,
    chance: ratio?.fewer ?? null,
    expectedAfter: measurable ? (before.complaints / exposureBefore) * exposureAfter : null,
    neededWithoutComplaint: before.complaints > 0 && exposureBefore > 0 ? silenceNeeded(before.complaints, exposureBefore) : null,
  }
  if (elapsedDays < checkDay) return { ...figures, verdict: 'too-early', why: 'day-not-reached' }
  if (!measurable) return { ...figures, verdict: 'too-little-data', why: 'nothing-to-measure' }
  if (before.complaints === 0 || !ratio) return { ...figures, verdict: 'too-little-data', why: 'nothing-before' }
  return { ...figures, ...judge(ratio, rules.wantedFall) }
}

function judge({ ratio, low, high }: RateRatio, wantedFall: number): Pick<EffectivenessCheck, 'verdict' | 'why'> {
  const wanted = 1 - wantedFall
  if (low > 1) return { verdict: 'not-effective', why: 'rose' }
  if (low > wanted) return { verdict: 'not-effective', why: 'fell-too-little' }
  if (high === null || high >= 1) return { verdict: 'too-little-data', why: 'cannot-tell' }
  return ratio! <= wanted ? { verdict: 'effective', why: 'fell' } : { verdict: 'too-little-data', why: 'fell-but-how-much' }
}

/** The exposure after which no complaint at all proves a decline: (before ÷ (before + after)) to the power of the complaints before is then one in twenty. */
function silenceNeeded(complaints: number, exposure: number): number {
  // Where the root is a whole number it comes out a hair above.
  return Math.ceil(exposure * Math.expm1(-Math.log((1 - confidence) / 2) / complaints) * (1 - 1e-12))
}

/** The checks after 30, 60 and 90 days from the days since the actions, in order; later days than a check's are not in it. */
export function effectivenessChecks(
  before: CauseStretch,
  after: readonly CauseDay[],
  elapsedDays: number,
  rules: RecurrenceRules = defaultRecurrenceRules,
): readonly EffectivenessCheck[] {
  return checkDays.map((checkDay) =>
    effectivenessCheck(before, sumUntil(after, Math.min(checkDay, elapsedDays)), checkDay, elapsedDays, rules),
  )
}

function sumUntil(after: readonly CauseDay[], days: number): CauseStretch {
  const within = after.filter(({ day }) => day >= 1 && day <= days)
  return {
    complaints: within.reduce((sum, { complaints }) => sum + complaints, 0),
    orders: within.reduce((sum, { orders }) => sum + orders, 0),
    days,
  }
}

export interface RecurrencePoint {
  readonly day: number
  /** Complaints since the actions, this day included. */
  readonly complaints: number
  /** What they would be at the former rate, not rounded. */
  readonly expected: number
}

/**
 * The recurrence curve: complaints since the actions beside what the former rate would have brought, day by day up to `elapsedDays`. Empty without a former
 * rate. What opens between the two lines is what the actions spared customers.
 */
export function recurrenceCurve(
  before: CauseStretch,
  after: readonly CauseDay[],
  elapsedDays: number,
  rules: RecurrenceRules = defaultRecurrenceRules,
): readonly RecurrencePoint[] {
  const exposure = before[rules.measure]
  if (!(exposure > 0)) return []
  const byDay = new Map(after.map((day) => [day.day, day]))
  let complaints = 0
  let orders = 0
  return Array.from({ length: elapsedDays }, (_, i) => {
    const day = i + 1
    complaints += byDay.get(day)?.complaints ?? 0
    orders += byDay.get(day)?.orders ?? 0
    return { day, complaints, expected: (before.complaints / exposure) * (rules.measure === 'orders' ? orders : day) }
  })
}
