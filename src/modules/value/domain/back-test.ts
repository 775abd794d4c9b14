import { areaUnderCurve } from '#numerics/area-under-curve.ts'
import { fitBgNbd } from './bg-nbd.ts'
import { fitMbgNbd } from './mbg-nbd.ts'
import type { FitReason, ModelFit } from './model-fit.ts'
import { fitNbd } from './nbd.ts'
import { fittedKinds, type OrderModel, orderingIfAlive, ordersIfAlive, probabilityAlive } from './order-model.ts'
import { fitParetoNbd } from './pareto-nbd.ts'
import { groupPurchases, type PurchaseGroups } from './purchase-groups.ts'
import { ageDaysOf, frequencyOf, type PurchaseHistory, recencyDaysOf } from './purchase-history.ts'

export type FittedKind = (typeof fittedKinds)[number]

/** Customers as they stood at the end of the calibration, and what they then did until the end of the holdout. */
export interface BackTestSample {
  readonly calibration: PurchaseHistory
  readonly holdoutDays: number
  /** Purchase days in the holdout, per customer. */
  readonly holdoutOrders: Int32Array
  /** Days of one step of the curve, and all purchase days of calibration buyers by step. */
  readonly stepDays: number
  readonly ordersByStep: Float64Array
}

/** How one forecaster did. Null where it makes no such statement. */
export interface BackTestScore {
  readonly expectedOrders: number | null
  /** Expected ÷ actual − 1. */
  readonly bias: number | null
  /** Per customer, in orders of the holdout. */
  readonly meanAbsoluteError: number | null
  readonly rootMeanSquareError: number | null
  /** Area under the curve of "orders in the holdout": 0.5 is chance. */
  readonly areaUnderCurve: number | null
  /** Mean squared error of the probability of ordering; the base rate alone has rate · (1 − rate). */
  readonly brier: number | null
  readonly meanProbability: number | null
}

export interface BackTestedModel extends BackTestScore {
  readonly kind: FittedKind
  readonly usable: boolean
  readonly reason: FitReason | null
  readonly logLikelihood: number | null
  /** Mean orders in the holdout by repeat purchases in the calibration: 0, 1 … 6, 7 and more. */
  readonly byFrequency: readonly number[]
  /** Expected orders up to the end of each step of the holdout. */
  readonly cumulative: readonly number[]
}

export interface BackTest {
  readonly calibrationEndDay: number
  readonly holdoutDays: number
  readonly customers: number
  readonly repeatBuyers: number
  readonly actualOrders: number
  /** Share of the customers who ordered in the holdout. */
  readonly actualRate: number
  readonly customersByFrequency: readonly number[]
  readonly actualByFrequency: readonly number[]
  readonly stepDays: number
  readonly actualCumulative: readonly number[]
  readonly models: readonly BackTestedModel[]
  readonly lastRate: BackTestScore
  readonly recency: BackTestScore
}

const frequencyClasses = 8

/** Fits every model to the calibration and scores it, and two simple baselines, on the holdout. */
export function backTest(sample: BackTestSample, options: { readonly pareto: boolean } = { pareto: true }): BackTest {
  const { calibration, holdoutOrders } = sample
  const chosen = new Int32Array(calibration.customers).map((_, i) => i).filter((i) => calibration.purchaseDays[i]! > 0)
  const actual = new Float64Array(chosen).map((i) => holdoutOrders[i]!)
  const buyers: Buyers = {
    unitDays: calibration.unitDays,
    x: chosen.map((i) => frequencyOf(calibration, i)),
    recencyDays: chosen.map((i) => recencyDaysOf(calibration, i)),
    ageDays: chosen.map((i) => ageDaysOf(calibration, i)),
    actual,
    total: actual.reduce((sum, orders) => sum + orders, 0),
  }
  const groups = groupPurchases(calibration)
  let time = 0
  return {
    calibrationEndDay: calibration.endDay,
    holdoutDays: sample.holdoutDays,
    customers: chosen.length,
    repeatBuyers: groups.repeaters,
    actualOrders: buyers.total,
    actualRate: chosen.length > 0 ? actual.filter((orders) => orders > 0).length / chosen.length : 0,
    customersByFrequency: classSums(buyers, () => 1),
    actualByFrequency: classMeans(buyers, actual),
    stepDays: sample.stepDays,
    actualCumulative: Array.from(sample.ordersByStep, (orders) => {
      time += orders
      return time
    }),
    models: fittedKinds
      .filter((kind) => options.pareto || kind !== 'pareto-nbd')
      .map((kind) => testModel(kind, fitKind(kind, groups), buyers, sample)),
    lastRate: lastRateScore(buyers, sample.holdoutDays),
    recency: rankingScore(
      buyers,
      new Float64Array(buyers.ageDays).map((age, i) => buyers.recencyDays[i]! - age),
    ),
  }
}

/** Fits one kind of model. */
export function fitKind(kind: FittedKind, groups: PurchaseGroups): ModelFit<OrderModel> {
  switch (kind) {
    case 'nbd':
      return fitNbd(groups)
    case 'bg-nbd':
      return fitBgNbd(groups)
    case 'mbg-nbd':
      return fitMbgNbd(groups)
    case 'pareto-nbd':
      return fitParetoNbd(groups)
  }
}

interface Buyers {
  readonly unitDays: number
  readonly x: Int32Array
  readonly recencyDays: Int32Array
  readonly ageDays: Int32Array
  readonly actual: Float64Array
  readonly total: number
}

function testModel(kind: FittedKind, fit: ModelFit<OrderModel>, buyers: Buyers, sample: BackTestSample): BackTestedModel {
  const about = { kind, usable: fit.usable, reason: fit.reason, logLikelihood: fit.logLikelihood }
  if (!fit.model) return { ...about, ...noScore, byFrequency: [], cumulative: [] }
  const { unitDays, x, recencyDays, ageDays } = buyers
  const horizon = sample.holdoutDays / unitDays
  const pairs = pairsOf(buyers)
  const ifAlive = Float64Array.from(pairs.x, (count, k) => ordersIfAlive(fit.model!, count, pairs.ageDays[k]! / unitDays, horizon))
  const ordering = Float64Array.from(pairs.x, (count, k) => orderingIfAlive(fit.model!, count, pairs.ageDays[k]! / unitDays, horizon))
  const aliveByPair = new Float64Array(pairs.x.length)
  const expected = new Float64Array(x.length)
  const probability = new Float64Array(x.length)
  for (let i = 0; i < x.length; i++) {
    const pair = pairs.of[i]!
    const alive = probabilityAlive(fit.model, x[i]!, recencyDays[i]! / unitDays, ageDays[i]! / unitDays)
    aliveByPair[pair] = aliveByPair[pair]! + alive
    expected[i] = alive * ifAlive[pair]!
    probability[i] = alive * ordering[pair]!
  }
  const cumulative = Array.from(sample.ordersByStep, (_, step) => {
    const t = Math.min((step + 1) * sample.stepDays, sample.holdoutDays) / unitDays
    return aliveByPair.reduce((sum, alive, k) => sum + alive * ordersIfAlive(fit.model!, pairs.x[k]!, pairs.ageDays[k]! / unitDays, t), 0)
  })
  return { ...about, ...score(buyers, expected, probability, probability), byFrequency: classMeans(buyers, expected), cumulative }
}

/** The same rate as so far: x ÷ T · t, and as probability 1 − e to the minus that. */
function lastRateScore(buyers: Buyers, holdoutDays: number): BackTestScore {
  const expected = new Float64Array(buyers.x).map((x, i) => (buyers.ageDays[i]! > 0 ? (x / buyers.ageDays[i]!) * holdoutDays : 0))
  return score(
    buyers,
    expected,
    expected.map((orders) => -Math.expm1(-orders)),
    expected,
  )
}

const noScore: BackTestScore = {
  expectedOrders: null,
  bias: null,
  meanAbsoluteError: null,
  rootMeanSquareError: null,
  areaUnderCurve: null,
  brier: null,
  meanProbability: null,
}

const rankingScore = (buyers: Buyers, ranking: Float64Array): BackTestScore => ({
  ...noScore,
  areaUnderCurve: areaUnderCurve(ranking, buyers.actual),
})

function score(buyers: Buyers, expected: Float64Array, probability: Float64Array, ranking: Float64Array): BackTestScore {
  const n = expected.length
  if (n === 0) return noScore
  let sum = 0
  let absolute = 0
  let square = 0
  let brier = 0
  let mean = 0
  for (let i = 0; i < n; i++) {
    const error = expected[i]! - buyers.actual[i]!
    const miss = probability[i]! - (buyers.actual[i]! > 0 ? 1 : 0)
    sum += expected[i]!
    absolute += Math.abs(error)
    square += error * error
    brier += miss * miss
    mean += probability[i]!
  }
  return {
    expectedOrders: sum,
    bias: buyers.total > 0 ? sum / buyers.total - 1 : null,
    meanAbsoluteError: absolute / n,
    rootMeanSquareError: Math.sqrt(square / n),
    areaUnderCurve: areaUnderCurve(ranking, buyers.actual),
    brier: brier / n,
    meanProbability: mean / n,
  }
}

const classOf = (x: number): number => Math.min(x, frequencyClasses - 1)

function classSums(buyers: Buyers, measure: (i: number) => number): number[] {
  const sums = new Array<number>(frequencyClasses).fill(0)
  buyers.x.forEach((x, i) => {
    sums[classOf(x)] = sums[classOf(x)]! + measure(i)
  })
  return sums
}

function classMeans(buyers: Buyers, values: Float64Array): number[] {
  const counts = classSums(buyers, () => 1)
  return classSums(buyers, (i) => values[i]!).map((sum, k) => (counts[k]! > 0 ? sum / counts[k]! : 0))
}

/** Distinct (x, age) among the buyers: what a forecast depends on beyond aliveness. */
function pairsOf(buyers: Buyers): { readonly x: number[]; readonly ageDays: number[]; readonly of: Int32Array } {
  const places = new Map<number, number>()
  const x: number[] = []
  const ageDays: number[] = []
  const of = new Int32Array(buyers.x.length)
  for (let i = 0; i < of.length; i++) {
    const key = buyers.x[i]! * 1_000_000 + buyers.ageDays[i]!
    let place = places.get(key)
    if (place === undefined) {
      place = x.length
      places.set(key, place)
      x.push(buyers.x[i]!)
      ageDays.push(buyers.ageDays[i]!)
    }
    of[i] = place
  }
  return { x, ageDays, of }
}
