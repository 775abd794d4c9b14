import { type BgNbd, bgNbdAlive, bgNbdOrdersIfAlive } from './bg-nbd.ts'
import { type MbgNbd, mbgNbdAlive, mbgNbdOrdersIfAlive } from './mbg-nbd.ts'
import { type Nbd, nbdExpectedOrders, purchaseProbabilityIfAlive } from './nbd.ts'
import { type ParetoNbd, paretoNbdAlive, paretoNbdOrderingIfAlive, paretoNbdOrdersIfAlive } from './pareto-nbd.ts'
import { type PurchaseGroups, repeatsOf } from './purchase-groups.ts'

/**
 * Not a fitted model but a labelled estimate for too little data: each customer's own rate drawn towards the rate of all, whose weight is one customer of
 * average age. Nobody is taken for lost.
 */
export interface PooledRate {
  readonly kind: 'pooled'
  readonly r: number
  readonly alpha: number
}

export type OrderModel = Nbd | BgNbd | MbgNbd | ParetoNbd | PooledRate
export type OrderModelKind = OrderModel['kind']

/** From simplest to most demanding; the order in which ties in the back-test are decided. */
export const fittedKinds = ['nbd', 'bg-nbd', 'mbg-nbd', 'pareto-nbd'] as const

/** Half a repeat purchase in a year is added, so that the rate is above 0 even where nobody has come back yet. */
export function pooledRate(groups: PurchaseGroups): PooledRate {
  const year = 365.25 / groups.unitDays
  const time = groups.weightByAge.reduce((sum, weight, day) => sum + (weight * day) / groups.unitDays, 0)
  const rate = (repeatsOf(groups) + 0.5) / (time + year)
  const alpha = Math.max((time + year) / (groups.customers + 1), 1)
  return { kind: 'pooled', r: rate * alpha, alpha }
}

/** Probability, as of now, that a customer with x repeat purchases, the last tx units after the first and the first T units ago, will ever buy again. */
export function probabilityAlive(model: OrderModel, x: number, tx: number, T: number): number {
  switch (model.kind) {
    case 'bg-nbd':
      return bgNbdAlive(model, x, tx, T)
    case 'mbg-nbd':
      return mbgNbdAlive(model, x, tx, T)
    case 'pareto-nbd':
      return paretoNbdAlive(model, x, tx, T)
    default:
      return 1
  }
}

/** Expected purchases in the next t units of a customer who is alive; times `probabilityAlive` it is the expectation. Does not depend on tx. */
export function ordersIfAlive(model: OrderModel, x: number, T: number, t: number): number {
  switch (model.kind) {
    case 'bg-nbd':
      return bgNbdOrdersIfAlive(model, x, T, t)
    case 'mbg-nbd':
      return mbgNbdOrdersIfAlive(model, x, T, t)
    case 'pareto-nbd':
      return paretoNbdOrdersIfAlive(model, x, T, t)
    default:
      return nbdExpectedOrders({ ...model, kind: 'nbd' }, x, T, t)
  }
}

/** Probability of at least one purchase in the next t units of a customer who is alive. Churn is 1 − this · P(alive), never 1 − P(alive). */
export function orderingIfAlive(model: OrderModel, x: number, T: number, t: number): number {
  if (model.kind === 'pareto-nbd') return paretoNbdOrderingIfAlive(model, x, T, t)
  return purchaseProbabilityIfAlive(model.r, model.alpha, x, T, t)
}

/** Expected repeat purchases of a customer in the t units after the first purchase. */
export const expectedOrdersOfNewCustomer = (model: OrderModel, t: number): number =>
  probabilityAlive(model, 0, 0, 0) * ordersIfAlive(model, 0, 0, t)
