import { emptyRisingFactorial, fillRisingFactorial } from '#numerics/rising-factorial.ts'
import { purchaseRatePart } from './nbd.ts'
import { maxFrequencyOf, type PurchaseGroups } from './purchase-groups.ts'

/** Parameters that BG/NBD and MBG/NBD have in common: rate ~ gamma(r, alpha), chance of leaving at a purchase ~ beta(a, b). */
export interface BetaGeometric {
  readonly r: number
  readonly alpha: number
  readonly a: number
  readonly b: number
}

/**
 * The two models differ in one thing: in BG/NBD a customer can leave after each repeat purchase, in MBG/NBD after the first purchase already. In the formulas b + x
 * becomes b + x + 1: `firstChance` is 0 for BG/NBD and 1 for MBG/NBD.
 */
export type FirstChance = 0 | 1

/**
 * Minus the log-likelihood over the groups, with its gradient by the logarithms of (r, α, a, b):
 * ln (r)ₓ + r ln α − (r+x) ln(α+T) + ln B(a, b+x+f)/B(a, b) + ln(1 + eᵘ), u = ln a − ln(b+x−1+f) + (r+x)(ln(α+T) − ln(α+tₓ)), the last only if x + f > 0.
 * P. S. Fader, B. G. S. Hardie & K. L. Lee, Marketing Science 24 (2005); E. P. Batislam, M. Denizel & A. Filiztekin, IJRM 24 (2007).
 */
export function betaGeometricObjective(groups: PurchaseGroups, firstChance: FirstChance) {
  const most = maxFrequencyOf(groups) + firstChance
  const risingR = emptyRisingFactorial(most)
  const risingB = emptyRisingFactorial(most)
  const risingAB = emptyRisingFactorial(most)
  const log = new Float64Array(groups.maxAge + 1)
  const inverse = new Float64Array(groups.maxAge + 1)
  return (logarithms: Float64Array, gradient: Float64Array): number => {
    const r = Math.exp(logarithms[0]!)
    const alpha = Math.exp(logarithms[1]!)
    const a = Math.exp(logarithms[2]!)
    const b = Math.exp(logarithms[3]!)
    let [value, byR, byAlpha] = purchaseRatePart(groups, r, alpha, risingR)
    let byA = 0
    let byB = 0
    fillRisingFactorial(b, risingB)
    fillRisingFactorial(a + b, risingAB)
    for (let day = 0; day <= groups.maxAge; day++) {
      const total = alpha + day / groups.unitDays
      log[day] = Math.log(total)
      inverse[day] = 1 / total
    }
    for (let k = 0; k < groups.frequencies.length; k++) {
      const x = groups.frequencies[k]!
      const chances = x + firstChance
      if (chances === 0) continue
      const weight = groups.sliceWeight[k]!
      value += weight * (risingB.log[chances]! - risingAB.log[chances]!)
      byA -= weight * risingAB.slope[chances]!
      byB += weight * (risingB.slope[chances]! - risingAB.slope[chances]!)
      slicePart(groups, k, r + x, Math.log(a) - Math.log(b + chances - 1), log, inverse)
      value += part.value
      byR += part.byR
      byAlpha += part.byAlpha * (r + x)
      byA += part.gone / a
      byB -= part.gone / (b + chances - 1)
    }
    gradient[0] = -byR * r
    gradient[1] = -byAlpha * alpha
    gradient[2] = -byA * a
    gradient[3] = -byB * b
    return -value
  }
}

/** Sums over one slice; filled by `slicePart`, so that a million customers make no objects. */
const part = { value: 0, byR: 0, byAlpha: 0, gone: 0 }

/**
 * Σ w ln(1 + eᵘ) over the groups of one frequency, and what its derivatives need. One exponential per group: the logarithms are taken of products,
 * which are folded before they could overflow.
 */
function slicePart(groups: PurchaseGroups, slice: number, power: number, constant: number, log: Float64Array, inverse: Float64Array): void {
  const { recency, age, weight } = groups
  let value = 0
  let product = 1
  let byR = 0
  let byAlpha = 0
  let gone = 0
  const end = groups.sliceStart[slice + 1]!
  for (let i = groups.sliceStart[slice]!; i < end; i++) {
    const T = age[i]!
    const tx = recency[i]!
    const w = weight[i]!
    const distance = log[T]! - log[tx]!
    const u = constant + power * distance
    let share = w
    if (u > 40) value += w * u
    else {
      const odds = Math.exp(u)
      share = (w * odds) / (1 + odds)
      if (w === 1) {
        product *= 1 + odds
        if (product > 1e250) {
          value += Math.log(product)
          product = 1
        }
      } else value += w * Math.log1p(odds)
    }
    gone += share
    byR += share * distance
    byAlpha += share * (inverse[T]! - inverse[tx]!)
  }
  part.value = value + Math.log(product)
  part.byR = byR
  part.byAlpha = byAlpha
  part.gone = gone
}

/** Probability of being alive after x repeat purchases, the last at tx, seen for T units. BG/NBD gives everybody 1 who bought once. */
export function betaGeometricAlive(model: BetaGeometric, firstChance: FirstChance, x: number, tx: number, T: number): number {
  const chances = x + firstChance
  if (chances === 0) return 1
  const u = Math.log(model.a) - Math.log(model.b + chances - 1) + (model.r + x) * Math.log1p((T - tx) / (model.alpha + tx))
  return u > 0 ? Math.exp(-u) / (1 + Math.exp(-u)) : 1 / (1 + Math.exp(u))
}

/**
 * Expected purchases in the next t units of a customer who is alive after x repeat purchases in T units.
 *
 * The published formula (a+b+x−1)/(a−1)·[1 − ((α+T)/(α+T+t))^(r+x) ₂F₁(r+x, b+x; a+b+x−1; z)], z = t/(α+T+t), in a form that neither overflows for large x
 * nor is 0/0 at a = 1 (Euler's transform of the series, b raised by one for MBG/NBD):
 * −(C·expm1(eL)/e + C·S·exp(eL)), C = a+b+x−1, e = a−1, L = ln(1−z), S = Σ (a+b−1−r)ⱼ (a)ⱼ₋₁ / ((C)ⱼ j!) zʲ. Within 1e-12 of 40-digit values of the published formula.
 */
export function betaGeometricOrdersIfAlive(model: BetaGeometric, firstChance: FirstChance, x: number, T: number, t: number): number {
  if (t <= 0) return 0
  const { r, alpha, a } = model
  const b = model.b + firstChance
  const z = t / (alpha + T + t)
  const c = a + b + x - 1
  const first = a + b - 1 - r
  // c·S rather than S: its first term carries no c, so that nothing is divided by 0 where a + b = 1.
  let term = first * z
  let sum = term
  for (let j = 1; j < 20_000; j++) {
    term *= ((first + j) * (a + j - 1) * z) / ((c + j) * (j + 1))
    sum += term
    if (Math.abs(term) <= 1e-17 * Math.abs(sum)) break
  }
  const e = a - 1
  const decay = e * Math.log1p(-z)
  const main = Math.abs(e) < 1e-300 ? Math.log1p(-z) : Math.expm1(decay) / e
  return -(c * main + sum * Math.exp(decay))
}
