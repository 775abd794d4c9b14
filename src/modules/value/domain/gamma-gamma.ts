import { digamma } from '#numerics/digamma.ts'
import { logGamma } from '#numerics/log-gamma.ts'
import { minimize } from '#numerics/minimize.ts'
import { pearsonCorrelation } from '#numerics/pearson-correlation.ts'
import { type ModelFit, named, refusedFit, standardErrorsOf } from './model-fit.ts'

/**
 * Gamma-gamma model of spend: a customer's purchases vary around a mean of their own as a gamma of shape p, and those means are spread over customers
 * (inverse gamma, shape q, scale gamma in units of money). P. S. Fader & B. G. S. Hardie, note 025 (2013).
 */
export interface GammaGamma {
  readonly kind: 'gamma-gamma'
  readonly p: number
  readonly q: number
  readonly gamma: number
}

/** Customers' repeat days with a value, and their mean value, same order. Both above 0; others are to be left out by the caller. */
export interface SpendSample {
  readonly days: Int32Array
  readonly mean: Float64Array
}

export interface GammaGammaFit extends ModelFit<GammaGamma> {
  /** The model assumes that how often and how much are independent; this is how far that holds. */
  readonly correlation: number | null
  /** Mean value of a purchase of a new customer under the model; null where it does not exist (q ≤ 1). */
  readonly populationMean: number | null
  /** Mean of the customers' means as observed; the stand-in where the model has none. */
  readonly observedMean: number | null
}

const names = ['p', 'q', 'gamma'] as const

/** Maximum likelihood. Amounts are scaled by their mean inside, so the unit of money does not matter to the search. */
export function fitGammaGamma(sample: SpendSample): GammaGammaFit {
  const n = sample.days.length
  const correlation = pearsonCorrelation(sample.days, sample.mean)
  const observedMean = n > 0 ? sample.mean.reduce((sum, m) => sum + m / n, 0) : null
  if (observedMean === null) return { ...refusedFit<GammaGamma>('no-spend', 0), correlation, populationMean: null, observedMean }
  if (sample.mean.every((m) => Math.abs(m - sample.mean[0]!) <= 1e-9 * observedMean)) {
    return { ...refusedFit<GammaGamma>('no-difference-visible', n), correlation, populationMean: null, observedMean }
  }
  const spend = groupSpend(sample, observedMean)
  const minimum = minimize(gammaGammaObjective(spend), [Math.log(2), Math.log(3), 0], { scale: n })
  const scaled = named(names, minimum.parameters)
  const model: GammaGamma = { kind: 'gamma-gamma', p: scaled.p, q: scaled.q, gamma: scaled.gamma * observedMean }
  const errors = standardErrorsOf(names, minimum)
  const reason =
    minimum.reason === 'stopped'
      ? 'not-settled'
      : model.q <= 1
        ? 'mean-not-finite'
        : minimum.reason === 'boundary'
          ? 'no-difference-visible'
          : null
  return {
    model,
    usable: reason === null || reason === 'no-difference-visible',
    reason,
    logLikelihood: -minimum.value - n * Math.log(observedMean),
    standardErrors: errors && { ...errors, gamma: errors.gamma! * observedMean },
    gradientNorm: minimum.gradientNorm,
    evaluations: minimum.evaluations,
    customers: n,
    correlation,
    populationMean: model.q > 1 ? (model.p * model.gamma) / (model.q - 1) : null,
    observedMean,
  }
}

export const gammaGammaLogLikelihood = (sample: SpendSample, model: Omit<GammaGamma, 'kind'>): number =>
  -gammaGammaObjective(groupSpend(sample, 1))(
    Float64Array.of(Math.log(model.p), Math.log(model.q), Math.log(model.gamma)),
    new Float64Array(3),
  )

/**
 * Expected value of a future purchase of a customer with a mean of m over `days` repeat days: p (γ + days·m) / (p·days + q − 1), which draws small samples
 * towards the mean of all. `days` = 0 gives that mean, pγ/(q−1).
 */
export const gammaGammaExpectedSpend = (model: Omit<GammaGamma, 'kind'>, days: number, m: number): number =>
  (model.p * (model.gamma + days * m)) / (model.p * days + model.q - 1)

/** Totals x·m sorted by x, in multiples of a scale; what the likelihood sums over. */
interface GroupedSpend {
  readonly counts: Int32Array
  readonly start: Int32Array
  readonly total: Float64Array
  /** Per distinct x: Σ ln m. */
  readonly logMean: Float64Array
}

function groupSpend(sample: SpendSample, scale: number): GroupedSpend {
  const most = sample.days.reduce((max, days) => Math.max(max, days), 0)
  const place = new Int32Array(most + 2)
  for (const days of sample.days) place[days + 1] = place[days + 1]! + 1
  for (let x = 1; x < place.length; x++) place[x] = place[x]! + place[x - 1]!
  const bounds = place.slice()
  const total = new Float64Array(sample.days.length)
  const logMean = new Float64Array(most + 1)
  for (let i = 0; i < sample.days.length; i++) {
    const x = sample.days[i]!
    const m = sample.mean[i]! / scale
    total[place[x]!] = x * m
    place[x] = place[x]! + 1
    logMean[x] = logMean[x]! + Math.log(m)
  }
  const counts = Int32Array.from({ length: most + 1 }, (_, x) => x).filter((x) => bounds[x + 1]! > bounds[x]!)
  const start = new Int32Array(counts.length + 1)
  counts.forEach((x, k) => {
    start[k + 1] = bounds[x + 1]!
  })
  return { counts, start, total, logMean: Float64Array.from(counts, (x) => logMean[x]!) }
}

/**
 * Minus Σ ln Γ(px+q) − ln Γ(px) − ln Γ(q) + q ln γ + (px−1) ln m + px ln x − (px+q) ln(γ + xm), with gradient by the logarithms of (p, q, γ).
 * Gamma functions once per distinct x; per customer one product and one division, the logarithm is taken of products.
 */
function gammaGammaObjective(spend: GroupedSpend) {
  return (logarithms: Float64Array, gradient: Float64Array): number => {
    const p = Math.exp(logarithms[0]!)
    const q = Math.exp(logarithms[1]!)
    const v = Math.exp(logarithms[2]!)
    const logV = Math.log(v)
    const atQ = digamma(q)
    const logGammaQ = logGamma(q)
    let value = 0
    let byP = 0
    let byQ = 0
    let byV = 0
    for (let k = 0; k < spend.counts.length; k++) {
      const x = spend.counts[k]!
      const n = spend.start[k + 1]! - spend.start[k]!
      const shape = p * x
      const power = shape + q
      sliceSpend(spend.total, spend.start[k]!, spend.start[k + 1]!, v)
      const atPower = digamma(power)
      value +=
        n * (logGamma(power) - logGamma(shape) - logGammaQ + q * logV + shape * Math.log(x)) +
        (shape - 1) * spend.logMean[k]! -
        power * slice.log
      byP += x * (n * (atPower - digamma(shape) + Math.log(x)) + spend.logMean[k]! - slice.log)
      byQ += n * (atPower - atQ + logV) - slice.log
      byV += (n * q) / v - power * slice.inverse
    }
    gradient[0] = -byP * p
    gradient[1] = -byQ * q
    gradient[2] = -byV * v
    return -value
  }
}

const slice = { log: 0, inverse: 0 }

function sliceSpend(total: Float64Array, from: number, to: number, v: number): void {
  let log = 0
  let product = 1
  let inverse = 0
  for (let i = from; i < to; i++) {
    const sum = total[i]! + v
    inverse += 1 / sum
    product *= sum
    if (product > 1e200 || product < 1e-200) {
      log += Math.log(product)
      product = 1
    }
  }
  slice.log = log + Math.log(product)
  slice.inverse = inverse
}
