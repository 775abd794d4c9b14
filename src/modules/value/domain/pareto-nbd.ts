import type { Minimum } from '#numerics/minimize.ts'
import { type ModelFit, minimizeOverGroups, named, refusedFit, standardErrorsOf } from './model-fit.ts'
import { fitNbd } from './nbd.ts'
import { emptyParetoIntegral, type ParetoParameters, paretoIntegral } from './pareto-integral.ts'
import { paretoNbdObjective } from './pareto-likelihood.ts'
import { medianAge, type PurchaseGroups, repeatsOf } from './purchase-groups.ts'

/** Pareto/NBD: buys at a gamma-distributed rate and leaves at any moment, at a gamma-distributed speed. Schmittlein, Morrison & Colombo, Management Science 33 (1987). */
export interface ParetoNbd extends ParetoParameters {
  readonly kind: 'pareto-nbd'
}

const names = ['r', 'alpha', 's', 'beta'] as const
const visibleGain = 1e-3

/** Maximum likelihood over the groups. s → 0 or β → ∞ means that nobody is seen to leave: said, and not usable. */
export function fitParetoNbd(groups: PurchaseGroups): ModelFit<ParetoNbd> {
  if (groups.customers === 0) return refusedFit('no-customers', 0)
  if (repeatsOf(groups) === 0) return refusedFit('no-repeat-orders', groups.customers)
  const age = Math.log(Math.max(medianAge(groups), 1 / groups.unitDays))
  const minimum = minimizeOverGroups(groups, paretoNbdObjective, [0, age, 0, age])
  const parameters = named(names, minimum.parameters)
  const reason = reasonOf(groups, minimum, parameters)
  return {
    model: { kind: 'pareto-nbd', ...parameters },
    usable: reason === null || reason === 'no-difference-visible',
    reason,
    logLikelihood: -minimum.value,
    standardErrors: standardErrorsOf(names, minimum),
    gradientNorm: minimum.gradientNorm,
    evaluations: minimum.evaluations,
    customers: groups.customers,
  }
}

function reasonOf(groups: PurchaseGroups, minimum: Minimum, { s, beta }: ParetoParameters): ModelFit<ParetoNbd>['reason'] {
  if (minimum.reason === 'stopped') return 'not-settled'
  const gain = -minimum.value - (fitNbd(groups).logLikelihood ?? Number.NEGATIVE_INFINITY)
  const left = -Math.expm1(-s * Math.log1p(medianAge(groups) / beta))
  if (!(gain > visibleGain) || left < 1e-4) return 'no-drop-out-visible'
  return minimum.reason === 'boundary' ? 'no-difference-visible' : null
}

export const paretoNbdLogLikelihood = (groups: PurchaseGroups, model: ParetoParameters): number =>
  -paretoNbdObjective(groups)(
    Float64Array.of(Math.log(model.r), Math.log(model.alpha), Math.log(model.s), Math.log(model.beta)),
    new Float64Array(4),
  )

const integral = emptyParetoIntegral()

/** Probability of being alive after x repeat purchases, the last at tx, seen for T units: 1 / (1 + s·∫), by quadrature to 1e-11. */
export function paretoNbdAlive(model: ParetoParameters, x: number, tx: number, T: number): number {
  paretoIntegral(model, model.r + x, tx, T, integral, false)
  const silence = (model.r + x) * Math.log1p((T - tx) / (model.alpha + tx)) + model.s * Math.log1p((T - tx) / (model.beta + tx))
  const alive = Math.exp(-silence)
  return alive / (alive + model.s * integral.value)
}

/** Expected purchases in the next t units, given aliveness: (r+x)(β+T)/((α+T)(s−1)) · [1 − ((β+T)/(β+T+t))^(s−1)], continuous at s = 1. */
export function paretoNbdOrdersIfAlive(model: ParetoParameters, x: number, T: number, t: number): number {
  const { r, alpha, s, beta } = model
  const stretch = Math.log1p(t / (beta + T))
  const e = s - 1
  const time = Math.abs(e) < 1e-300 ? stretch : -Math.expm1(-e * stretch) / e
  return (((r + x) * (beta + T)) / (alpha + T)) * time
}

/** Probability of at least one purchase in the next t units, given aliveness: ∫₀ᵗ R/(A+y)·(A/(A+y))ᴿ (B/(B+y))ˢ dy, A = α+T, B = β+T, R = r+x; by quadrature. */
export function paretoNbdOrderingIfAlive(model: ParetoParameters, x: number, T: number, t: number): number {
  // The integral of `paretoIntegral` with the roles of buying and leaving exchanged: ∫ (A/(A+y))ᴿ (B/(B+y))ˢ / (A+y) dy.
  const exchanged = { r: model.s, alpha: model.beta, s: model.r + x, beta: model.alpha }
  paretoIntegral(exchanged, model.s, T, T + t, integral, false)
  return Math.min(1, (model.r + x) * integral.value)
}
