import { type BetaGeometric, betaGeometricAlive, betaGeometricObjective, betaGeometricOrdersIfAlive } from './beta-geometric.ts'
import { fitBetaGeometric } from './beta-geometric-fit.ts'
import type { ModelFit } from './model-fit.ts'
import type { PurchaseGroups } from './purchase-groups.ts'

/** BG/NBD: buys at a gamma-distributed rate and may leave for good right after any repeat purchase. Fader, Hardie & Lee (2005). */
export interface BgNbd extends BetaGeometric {
  readonly kind: 'bg-nbd'
}

/** Maximum likelihood over the groups. Where no drop-out is visible (a → 0) it says so and is not usable; NBD then says the same with less. */
export const fitBgNbd = (groups: PurchaseGroups): ModelFit<BgNbd> => fitBetaGeometric(groups, 0, (p) => ({ kind: 'bg-nbd', ...p }))

export const bgNbdLogLikelihood = (groups: PurchaseGroups, model: BetaGeometric): number =>
  -betaGeometricObjective(groups, 0)(
    Float64Array.of(Math.log(model.r), Math.log(model.alpha), Math.log(model.a), Math.log(model.b)),
    new Float64Array(4),
  )

/** Probability of being alive; 1 for everybody who bought once, so never to be read as churn. */
export const bgNbdAlive = (model: BetaGeometric, x: number, tx: number, T: number): number => betaGeometricAlive(model, 0, x, tx, T)

/** Expected purchases in the next t units, given aliveness. Times P(alive) it is the expectation of the customer. */
export const bgNbdOrdersIfAlive = (model: BetaGeometric, x: number, T: number, t: number): number =>
  betaGeometricOrdersIfAlive(model, 0, x, T, t)
