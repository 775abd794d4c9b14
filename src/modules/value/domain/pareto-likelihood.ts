import { gaussLegendre } from '#numerics/gauss-legendre.ts'
import { emptyRisingFactorial, fillRisingFactorial } from '#numerics/rising-factorial.ts'
import { emptyParetoIntegral, type ParetoIntegral, type ParetoParameters, paretoIntegral } from './pareto-integral.ts'
import { maxFrequencyOf, type PurchaseGroups } from './purchase-groups.ts'

const cellNodes = 6
const cell = gaussLegendre(cellNodes)

/**
 * Minus the log-likelihood of the Pareto/NBD over the groups, with its gradient by the logarithms of (r, α, s, β):
 * ln (r)ₓ + r ln α + s ln β − R ln(α+T) − s ln(β+T) + ln(1 + s·K), R = r + x, K = ∫ tₓ…T ((α+T)/(α+y))ᴿ ((β+T)/(β+y))ˢ/(β+y) dy.
 *
 * For one frequency the integrand does not depend on the customer, only the limits do, and those are whole days. So where a frequency has many groups, J(t) = ∫ t…end
 * is summed once backwards over the days, J(t) = cell(t) + ρ(t)·J(t+1), and K follows from J(tₓ) and J(T); a million customers then cost little more than the number
 * of days. Frequencies with few groups are integrated one by one.
 */
export function paretoNbdObjective(groups: PurchaseGroups) {
  const tables = new DayTables(groups)
  const sums = { value: 0, byR: 0, byAlpha: 0, byS: 0, byBeta: 0 }
  return (logarithms: Float64Array, gradient: Float64Array): number => {
    const p = { r: Math.exp(logarithms[0]!), alpha: Math.exp(logarithms[1]!), s: Math.exp(logarithms[2]!), beta: Math.exp(logarithms[3]!) }
    if (!tables.prepare(p)) return Number.NaN
    addTimePart(groups, p, tables, sums)
    for (let k = 0; k < groups.frequencies.length; k++) tables.addSlice(p, k, sums)
    gradient[0] = -sums.byR * p.r
    gradient[1] = -sums.byAlpha * p.alpha
    gradient[2] = -sums.byS * p.s
    gradient[3] = -sums.byBeta * p.beta
    return -sums.value
  }
}

/** Everything outside the last logarithm. */
function addTimePart(groups: PurchaseGroups, p: ParetoParameters, tables: DayTables, sums: ParetoIntegral): void {
  const n = groups.customers
  sums.value = n * (p.r * Math.log(p.alpha) + p.s * Math.log(p.beta))
  sums.byR = n * Math.log(p.alpha)
  sums.byAlpha = (n * p.r) / p.alpha
  sums.byS = n * Math.log(p.beta)
  sums.byBeta = (n * p.s) / p.beta
  fillRisingFactorial(p.r, tables.rising)
  for (let k = 0; k < groups.frequencies.length; k++) {
    sums.value += groups.sliceWeight[k]! * tables.rising.log[groups.frequencies[k]!]!
    sums.byR += groups.sliceWeight[k]! * tables.rising.slope[groups.frequencies[k]!]!
  }
  for (let day = 0; day <= groups.maxAge; day++) {
    const weight = groups.weightByAge[day]!
    if (weight === 0) continue
    const power = p.r * weight + groups.repeatsByAge[day]!
    sums.value -= power * tables.logAlpha[day]! + p.s * weight * tables.logBeta[day]!
    sums.byR -= weight * tables.logAlpha[day]!
    sums.byAlpha -= power * tables.inverseAlpha[day]!
    sums.byS -= weight * tables.logBeta[day]!
    sums.byBeta -= p.s * weight * tables.inverseBeta[day]!
  }
}

/** Logarithms by day and node, and J by day: the buffers of one objective. A class because they are refilled in place at every evaluation; it never leaves this file. */
class DayTables {
  readonly groups: PurchaseGroups
  readonly rising
  readonly logAlpha: Float64Array
  readonly logBeta: Float64Array
  readonly inverseAlpha: Float64Array
  readonly inverseBeta: Float64Array
  readonly nodeLogAlpha: Float64Array
  readonly nodeLogBeta: Float64Array
  readonly nodeFactor: Float64Array
  /** J and its derivatives by r, α, s, β, five numbers a day. */
  readonly tail: Float64Array
  readonly piece = emptyParetoIntegral()

  constructor(groups: PurchaseGroups) {
    const days = groups.maxAge + 1
    this.groups = groups
    this.rising = emptyRisingFactorial(maxFrequencyOf(groups))
    this.logAlpha = new Float64Array(days)
    this.logBeta = new Float64Array(days)
    this.inverseAlpha = new Float64Array(days)
    this.inverseBeta = new Float64Array(days)
    this.nodeLogAlpha = new Float64Array(days * cellNodes)
    this.nodeLogBeta = new Float64Array(days * cellNodes)
    this.nodeFactor = new Float64Array(days * cellNodes)
    this.tail = new Float64Array(days * 5)
  }

  prepare(p: ParetoParameters): boolean {
    if (!(Number.isFinite(p.r + p.alpha + p.s + p.beta) && p.alpha > 0 && p.beta > 0)) return false
    const unit = this.groups.unitDays
    for (let day = 0; day <= this.groups.maxAge; day++) {
      const t = day / unit
      this.logAlpha[day] = Math.log(p.alpha + t)
      this.logBeta[day] = Math.log(p.beta + t)
      this.inverseAlpha[day] = 1 / (p.alpha + t)
      this.inverseBeta[day] = 1 / (p.beta + t)
      for (let k = 0; k < cellNodes; k++) {
        const moved = cell.nodes[k]! / unit
        const at = day * cellNodes + k
        this.nodeLogAlpha[at] = -Math.log1p(moved / (p.alpha + t))
        this.nodeLogBeta[at] = -Math.log1p(moved / (p.beta + t))
        this.nodeFactor[at] = (cell.weights[k]! / unit / (p.beta + t + moved)) * Math.exp(p.s * this.nodeLogBeta[at]!)
      }
    }
    return true
  }

  /** Adds Σ w ln(1 + s·K) over the groups of one frequency. */
  addSlice(p: ParetoParameters, slice: number, sums: ParetoIntegral): void {
    const { sliceStart, frequencies, age, recency } = this.groups
    const from = sliceStart[slice]!
    const to = sliceStart[slice + 1]!
    const power = p.r + frequencies[slice]!
    let first = this.groups.maxAge
    let last = 0
    for (let i = from; i < to; i++) {
      if (recency[i]! < first) first = recency[i]!
      if (age[i]! > last) last = age[i]!
    }
    const tabled = (to - from) * 3 > last - first
    if (tabled) this.fillTail(p, power, first, last)
    for (let i = from; i < to; i++) {
      if (tabled) {
        this.readTail(recency[i]!)
        const end = age[i]! * 5
        this.addGroup(
          p,
          power,
          i,
          this.tail[end]!,
          this.tail[end + 1]!,
          this.tail[end + 2]!,
          this.tail[end + 3]!,
          this.tail[end + 4]!,
          sums,
        )
      } else {
        paretoIntegral(p, power, recency[i]! / this.groups.unitDays, age[i]! / this.groups.unitDays, this.piece, true)
        this.addGroup(p, power, i, 0, 0, 0, 0, 0, sums)
      }
    }
  }

  readTail(day: number): void {
    const at = day * 5
    this.piece.value = this.tail[at]!
    this.piece.byR = this.tail[at + 1]!
    this.piece.byAlpha = this.tail[at + 2]!
    this.piece.byS = this.tail[at + 3]!
    this.piece.byBeta = this.tail[at + 4]!
  }

  /** ln V, V = e⁻ᴹ (1 − s J(T)) + s J(tₓ), M the log of how much the weight falls from tₓ to T; plus M, this is ln(1 + s·K). */
  addGroup(
    p: ParetoParameters,
    power: number,
    group: number,
    j: number,
    jR: number,
    jAlpha: number,
    jS: number,
    jBeta: number,
    sums: ParetoIntegral,
  ): void {
    const T = this.groups.age[group]!
    const tx = this.groups.recency[group]!
    const w = this.groups.weight[group]!
    const mR = this.logAlpha[T]! - this.logAlpha[tx]!
    const mS = this.logBeta[T]! - this.logBeta[tx]!
    const mAlpha = power * (this.inverseAlpha[T]! - this.inverseAlpha[tx]!)
    const mBeta = p.s * (this.inverseBeta[T]! - this.inverseBeta[tx]!)
    const M = power * mR + p.s * mS
    const decay = Math.exp(-M)
    const piece = this.piece
    const rest = 1 - p.s * j
    const V = decay * rest + p.s * piece.value
    const share = (decay * rest) / V
    const scale = w / V
    sums.value += w * (M + Math.log(V))
    sums.byR += w * mR * (1 - share) + scale * p.s * (piece.byR - decay * jR)
    sums.byAlpha += w * mAlpha * (1 - share) + scale * p.s * (piece.byAlpha - decay * jAlpha)
    sums.byS += w * mS * (1 - share) + scale * (piece.value - decay * j + p.s * (piece.byS - decay * jS))
    sums.byBeta += w * mBeta * (1 - share) + scale * p.s * (piece.byBeta - decay * jBeta)
  }

  /** J and its derivatives for the days first … last, backwards. */
  fillTail(p: ParetoParameters, power: number, first: number, last: number): void {
    const unit = this.groups.unitDays
    const { tail, piece } = this
    const near = 4 / unit - Math.min(p.alpha, p.beta)
    tail.fill(0, last * 5, last * 5 + 5)
    for (let day = last - 1; day >= first; day--) {
      const t = day / unit
      // Close to the pole of the integrand six nodes a day are not enough.
      if (t < near || power > 4 * unit * (p.alpha + t)) paretoIntegral(p, power, t, t + 1 / unit, piece, true)
      else this.integrateCell(p, power, day)
      const at = day * 5
      const next = at + 5
      const lR = this.logAlpha[day]! - this.logAlpha[day + 1]!
      const lS = this.logBeta[day]! - this.logBeta[day + 1]!
      const rho = Math.exp(power * lR + p.s * lS)
      const J = rho * tail[next]!
      tail[at] = piece.value + J
      tail[at + 1] = piece.byR + J * lR + rho * tail[next + 1]!
      tail[at + 2] = piece.byAlpha + J * power * (this.inverseAlpha[day]! - this.inverseAlpha[day + 1]!) + rho * tail[next + 2]!
      tail[at + 3] = piece.byS + J * lS + rho * tail[next + 3]!
      tail[at + 4] = piece.byBeta + J * p.s * (this.inverseBeta[day]! - this.inverseBeta[day + 1]!) + rho * tail[next + 4]!
    }
  }

  integrateCell(p: ParetoParameters, power: number, day: number): void {
    const piece = this.piece
    const startAlpha = this.inverseAlpha[day]!
    const startBeta = this.inverseBeta[day]!
    let value = 0
    let byR = 0
    let byAlpha = 0
    let byS = 0
    let byBeta = 0
    for (let at = day * cellNodes, end = at + cellNodes; at < end; at++) {
      const logAlpha = this.nodeLogAlpha[at]!
      const logBeta = this.nodeLogBeta[at]!
      const weight = this.nodeFactor[at]! * Math.exp(power * logAlpha)
      const moved = cell.nodes[at - day * cellNodes]! / this.groups.unitDays
      // 1/(α+t) − 1/(α+y) = (y−t) / ((α+t)(α+y)), and 1/(α+y) = 1/((α+t)(1 + (y−t)/(α+t))).
      const atAlpha = startAlpha / (1 + moved * startAlpha)
      const atBeta = startBeta / (1 + moved * startBeta)
      value += weight
      byR += weight * logAlpha
      byAlpha += weight * power * (startAlpha - atAlpha)
      byS += weight * logBeta
      byBeta += weight * (p.s * (startBeta - atBeta) - atBeta)
    }
    piece.value = value
    piece.byR = byR
    piece.byAlpha = byAlpha
    piece.byS = byS
    piece.byBeta = byBeta
  }
}
