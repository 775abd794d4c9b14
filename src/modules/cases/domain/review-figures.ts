import { rateRatio } from '#numerics/rate-ratio.ts'
import { shareDifference } from '#numerics/wilson-interval.ts'
import type { ComplaintRate } from './figures/complaint-rate.ts'
import type { Pareto } from './figures/pareto.ts'
import type { MeanScore } from './figures/personnel-value.ts'
import { type Basis, leastForShare, type Share } from './figures/reliability.ts'
import type { DurationFigures, DurationQuantile } from './figures/service-levels.ts'
import type { Change, Reading, ReviewFigure, ReviewList } from './management-review.ts'

type Better = 'more' | 'less' | null

const compared = (low: number, high: number, better: Better): Change => {
  if (low <= 0 && high >= 0) return 'no-detectable-difference'
  const more = low > 0
  if (better === null) return more ? 'more' : 'fewer'
  return more === (better === 'more') ? 'better' : 'worse'
}

const plain = (value: number | null, basis: Basis = value === null ? 'none' : 'enough'): Reading => ({
  ...{ value, part: null, whole: null, low: null, high: null },
  basis,
})

/** A share beside that of the period before, by Newcombe's interval of their difference; nobody is judged by fewer than thirty on either side. */
export function shareFigure(
  key: string,
  now: Share,
  before: Share | null,
  better: Better,
  { of = null, label = null }: Partial<Pick<ReviewFigure, 'of' | 'label'>> = {},
): ReviewFigure {
  const enough = before !== null && now.whole >= leastForShare && before.whole >= leastForShare
  const both = enough ? shareDifference(now, before) : null
  const change = before === null ? null : both === null ? 'too-little-data' : compared(both.low, both.high, better)
  return { key, of, label, unit: 'share', now: ofShare(now), before: before && ofShare(before), change }
}
const ofShare = ({ part, whole, share, interval, basis }: Share): Reading => ({
  ...{ value: share, part, whole, basis },
  low: interval?.low ?? null,
  high: interval?.high ?? null,
})

/** Complaints per thousand orders beside those of the period before, by the exact comparison of two rates. */
export function rateFigure(key: string, now: ComplaintRate, before: ComplaintRate, better: Better): ReviewFigure {
  const enough = now.orders > 0 && before.orders > 0 && now.complaints + before.complaints >= leastTogether
  const change = enough
    ? changeOfRates({ count: now.complaints, exposure: now.orders }, { count: before.complaints, exposure: before.orders }, better)
    : 'too-little-data'
  return { key, of: null, label: null, unit: 'per-thousand', now: ofRate(now), before: ofRate(before), change }
}
const ofRate = ({ complaints, orders, perThousand, interval, basis }: ComplaintRate): Reading => ({
  ...{ value: perThousand, part: complaints, whole: orders, basis },
  low: interval?.low ?? null,
  high: interval?.high ?? null,
})

/** Below so many in both periods together chance explains whatever it is. */
const leastTogether = 10

function changeOfRates(
  now: { readonly count: number; readonly exposure: number },
  before: { readonly count: number; readonly exposure: number },
  better: Better,
): Change {
  const ratio = rateRatio(now, before)
  return ratio === null ? 'too-little-data' : compared(ratio.low - 1, (ratio.high ?? Number.POSITIVE_INFINITY) - 1, better)
}

/** A count beside that of the period before, each over its days. `days` null, or nothing known of before: not compared. */
export function countFigure(
  key: string,
  now: number,
  before: number | null,
  days: { readonly now: number; readonly before: number } | null,
  better: Better = null,
): ReviewFigure {
  const change =
    before === null || days === null
      ? null
      : now + before < leastTogether
        ? 'too-little-data'
        : changeOfRates({ count: now, exposure: days.now }, { count: before, exposure: days.before }, better)
  return { key, of: null, label: null, unit: 'count', now: plain(now), before: before === null ? null : plain(before), change }
}

/** How long half of the cases took at most, or nine in ten: quicker or slower where the intervals of both periods lie apart. */
export function durationFigure(key: string, which: 'median' | 'p90', now: DurationFigures, before: DurationFigures): ReviewFigure {
  const [one, other] = [now[which].interval, before[which].interval]
  const known = one.low !== null && one.high !== null && other.low !== null && other.high !== null
  const change: Change =
    !known || now.basis !== 'enough' || before.basis !== 'enough'
      ? 'too-little-data'
      : one.high! < other.low!
        ? 'better'
        : one.low! > other.high!
          ? 'worse'
          : 'no-detectable-difference'
  return {
    key,
    of: null,
    label: null,
    unit: 'seconds',
    now: ofDuration(now, now[which]),
    before: ofDuration(before, before[which]),
    change,
  }
}
const ofDuration = ({ cases, basis }: DurationFigures, { seconds, interval }: DurationQuantile): Reading => ({
  ...{ value: seconds?.estimate ?? null, part: null, whole: cases, basis },
  low: interval.low,
  high: interval.high,
})

/** Money is not compared: a single large case moves it. */
export const moneyFigure = (key: string, now: number | null, before: number | null): ReviewFigure => ({
  ...{ key, of: null, label: null, unit: 'minor', change: null },
  now: plain(now),
  before: plain(before),
})

export const scoreFigure = (key: string, now: MeanScore, before: MeanScore): ReviewFigure => ({
  ...{ key, of: null, label: null, unit: 'score', change: null },
  now: ofScore(now),
  before: ofScore(before),
})
const ofScore = ({ count, mean, basis }: MeanScore): Reading => ({ ...plain(mean, basis), whole: count })

/** As many are told apart at least, and at most however many are vital: where nothing stands out, a long list says no more. */
const fewestRows = 8
const mostRows = 12

/** The vital few of a dimension and what follows them, each beside the period before. */
export function listOf(
  key: string,
  now: { readonly chart: Pareto; readonly unsaid: number },
  before: { readonly chart: Pareto },
  label: (key: string) => string | null,
): ReviewList {
  const counts = new Map(before.chart.bars.map((bar) => [bar.key, bar.value]))
  const most = Math.min(mostRows, Math.max(fewestRows, now.chart.vital.length))
  const shown = now.chart.bars.filter(({ value }) => value > 0).slice(0, most)
  const told = shown.reduce((sum, { value }) => sum + value, 0)
  return {
    key,
    rows: shown.map((bar) => ({
      ...{ key: bar.key, label: label(bar.key), now: bar.value, share: bar.share, vital: bar.vital },
      before: counts.get(bar.key) ?? (before.chart.other === null ? 0 : null),
    })),
    others: now.chart.total - told,
    unsaid: now.unsaid,
  }
}
