import { emptyRisingFactorial, fillRisingFactorial } from '#numerics/rising-factorial.ts'
import { type ModelFit, minimizeOverGroups, named, refusedFit, standardErrorsOf } from './model-fit.ts'
import { maxFrequencyOf, medianAge, type PurchaseGroups, repeatsOf } from './purchase-groups.ts'

/**
 * Negative binomial model of repeat purchases: each customer buys at a rate of their own, forever; rates are spread over customers as a gamma
 * distribution with shape r and scale alpha (in units of time). A. S. C. Ehrenberg, Applied Statistics 8 (1959).
 */
export interface Nbd {
  readonly kind: 'nbd'
  readonly r: number
  readonly alpha: number
}

/** Maximum likelihood over the groups. */
export function fitNbd(groups: PurchaseGroups): ModelFit<Nbd> {
  if (groups.customers === 0) return refusedFit('no-customers', 0)
  if (repeatsOf(groups) === 0) return refusedFit('no-repeat-orders', groups.customers)
  const minimum = minimizeOverGroups(groups, nbdObjective, [0, Math.log(Math.max(medianAge(groups), 1 / groups.unitDays))])
  const settled = minimum.reason === 'optimum' || minimum.reason === 'flat'
  return {
    model: { kind: 'nbd', ...named(['r', 'alpha'], minimum.parameters) },
    usable: minimum.reason !== 'stopped',
    reason: settled ? null : minimum.reason === 'boundary' ? 'no-difference-visible' : 'not-settled',
    logLikelihood: -minimum.value,
    standardErrors: standardErrorsOf(['r', 'alpha'], minimum),
    gradientNorm: minimum.gradientNorm,
    evaluations: minimum.evaluations,
    customers: groups.customers,
  }
}

/** Log-likelihood at given parameters. The counts' factorials, which no parameter touches, are left out, as is usual in this family. */
export const nbdLogLikelihood = (groups: PurchaseGroups, model: Omit<Nbd, 'kind'>): number =>
  -nbdObjective(groups)(Float64Array.of(Math.log(model.r), Math.log(model.alpha)), new Float64Array(2))

function nbdObjective(groups: PurchaseGroups) {
  const rising = emptyRisingFactorial(maxFrequencyOf(groups))
  return (logarithms: Float64Array, gradient: Float64Array): number => {
    const r = Math.exp(logarithms[0]!)
    const alpha = Math.exp(logarithms[1]!)
    const [value, byR, byAlpha] = purchaseRatePart(groups, r, alpha, rising)
    gradient[0] = -byR * r
    gradient[1] = -byAlpha * alpha
    return -value
  }
}

/**
 * The part that NBD, BG/NBD and MBG/NBD share: Σ ln (r)ₓ + r ln α − (r + x) ln(α + T), and its derivatives by r and α.
 * Costs one logarithm per distinct age and per frequency, however many customers there are.
 */
export function purchaseRatePart(
  groups: PurchaseGroups,
  r: number,
  alpha: number,
  rising: { log: Float64Array; slope: Float64Array },
): [number, number, number] {
  fillRisingFactorial(r, rising)
  const logAlpha = Math.log(alpha)
  let value = groups.customers * r * logAlpha
  let byR = groups.customers * logAlpha
  let byAlpha = (groups.customers * r) / alpha
  for (let k = 0; k < groups.frequencies.length; k++) {
    const x = groups.frequencies[k]!
    value += groups.sliceWeight[k]! * rising.log[x]!
    byR += groups.sliceWeight[k]! * rising.slope[x]!
  }
  for (let day = 0; day <= groups.maxAge; day++) {
    const weight = groups.weightByAge[day]!
    if (weight === 0) continue
    const total = alpha + day / groups.unitDays
    const log = Math.log(total)
    const power = r * weight + groups.repeatsByAge[day]!
    value -= power * log
    byR -= weight * log
    byAlpha -= power / total
  }
  return [value, byR, byAlpha]
}

/** Expected purchases in the next t units of a customer with x repeat purchases in T units. */
export const nbdExpectedOrders = (model: Nbd, x: number, T: number, t: number): number => ((model.r + x) / (model.alpha + T)) * t

/**
 * Probability of at least one purchase in the next t units of a customer who is alive: 1 − ((α + T)/(α + T + t))^(r + x). Also the second factor of
 * the same probability in BG/NBD and MBG/NBD, exactly, because there a customer can leave only right after a purchase.
 */
export const purchaseProbabilityIfAlive = (r: number, alpha: number, x: number, T: number, t: number): number =>
  -Math.expm1(-(r + x) * Math.log1p(t / (alpha + T)))
