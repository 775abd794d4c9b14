import { type MinimizeOptions, type Minimum, minimize, type Objective } from '#numerics/minimize.ts'
import type { PurchaseGroups } from './purchase-groups.ts'

/**
 * Why a fit is not to be used as it stands; each has its plain sentence in the module's texts.
 * no-customers: nobody has bought · no-repeat-orders: nobody came back, so no rhythm can be seen · no-drop-out-visible: in this period nobody is seen to
 * leave, so the model says no more than NBD · no-difference-visible: customers do not differ enough for their spread to be estimated · not-settled: no
 * maximum was found · mean-not-finite: spend is spread so widely that its mean over new customers does not exist · no-spend: no repeat day has a value.
 */
export type FitReason =
  | 'no-customers'
  | 'no-repeat-orders'
  | 'no-drop-out-visible'
  | 'no-difference-visible'
  | 'not-settled'
  | 'mean-not-finite'
  | 'no-spend'

/** Outcome of a maximum-likelihood fit. `usable` is false exactly where another model must take its place. */
export interface ModelFit<Model> {
  readonly model: Model | null
  readonly usable: boolean
  readonly reason: FitReason | null
  readonly logLikelihood: number | null
  /** Same keys as the model's parameters; null where the likelihood has a direction without information. */
  readonly standardErrors: Readonly<Record<string, number>> | null
  /** Largest component of the gradient by the parameters' logarithms at the end. */
  readonly gradientNorm: number
  readonly evaluations: number
  readonly customers: number
}

export const refusedFit = <Model>(reason: FitReason, customers: number): ModelFit<Model> => ({
  model: null,
  usable: false,
  reason,
  logLikelihood: null,
  standardErrors: null,
  gradientNorm: 0,
  evaluations: 0,
  customers,
})

/** exp of each parameter, named; parameters are searched as logarithms so that they stay positive. */
export const named = <Key extends string>(names: readonly Key[], logarithms: ArrayLike<number>): Record<Key, number> =>
  Object.fromEntries(names.map((name, i) => [name, Math.exp(logarithms[i]!)])) as Record<Key, number>

/** Standard errors of positive parameters from the covariance of their logarithms: se(p) = p · se(ln p). */
export function standardErrorsOf(names: readonly string[], minimum: Minimum): Readonly<Record<string, number>> | null {
  const { covariance, parameters } = minimum
  if (!covariance) return null
  return Object.fromEntries(names.map((name, i) => [name, Math.exp(parameters[i]!) * Math.sqrt(covariance[i * names.length + i]!)]))
}

/** Above this many groups a search starts from the optimum of a fixed sample. */
const sampleAbove = 60_000

/**
 * Minimises a likelihood over the groups. Large bases are first fitted on every k-th group of each frequency, which costs next to nothing, and finished on
 * everything from there; the result is the optimum over everything.
 */
export function minimizeOverGroups(
  groups: PurchaseGroups,
  objectiveOf: (groups: PurchaseGroups) => Objective,
  start: readonly number[],
): Minimum {
  const options: MinimizeOptions = { scale: groups.customers }
  if (groups.groups <= sampleAbove) return minimize(objectiveOf(groups), start, options)
  const sample = sampleGroups(groups, Math.ceil(groups.groups / (sampleAbove / 3)))
  const near = minimize(objectiveOf(sample), start, { scale: sample.customers })
  const factor = groups.customers / sample.customers
  return minimize(objectiveOf(groups), near.parameters, { ...options, initialHessian: near.hessian.map((v) => v * factor) })
}

/** Every stride-th group, keeping the slices. */
export function sampleGroups(groups: PurchaseGroups, stride: number): PurchaseGroups {
  const kept: number[] = []
  const frequencies: number[] = []
  const starts: number[] = []
  const weights: number[] = []
  const weightByAge = new Float64Array(groups.weightByAge.length)
  const repeatsByAge = new Float64Array(groups.weightByAge.length)
  let customers = 0
  let repeaters = 0
  let next = 0
  for (let k = 0; k < groups.frequencies.length; k++) {
    const x = groups.frequencies[k]!
    const before = kept.length
    let weight = 0
    for (; next < groups.sliceStart[k + 1]!; next += stride) {
      const w = groups.weight[next]!
      const age = groups.age[next]!
      kept.push(next)
      weight += w
      weightByAge[age] = weightByAge[age]! + w
      repeatsByAge[age] = repeatsByAge[age]! + w * x
    }
    if (kept.length === before) continue
    frequencies.push(x)
    starts.push(before)
    weights.push(weight)
    customers += weight
    if (x > 0) repeaters += weight
  }
  starts.push(kept.length)
  return {
    ...groups,
    customers,
    repeaters,
    groups: kept.length,
    recency: Int32Array.from(kept, (i) => groups.recency[i]!),
    age: Int32Array.from(kept, (i) => groups.age[i]!),
    weight: Float64Array.from(kept, (i) => groups.weight[i]!),
    frequencies: Int32Array.from(frequencies),
    sliceStart: Int32Array.from(starts),
    sliceWeight: Float64Array.from(weights),
    weightByAge,
    repeatsByAge,
  }
}
