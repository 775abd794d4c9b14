import { type BetaGeometric, betaGeometricAlive, betaGeometricObjective, betaGeometricOrdersIfAlive } from './beta-geometric.ts'
import { fitBetaGeometric } from './beta-geometric-fit.ts'
import type { ModelFit } from './model-fit.ts'
import type { PurchaseGroups } from './purchase-groups.ts'

/** MBG/NBD: as BG/NBD, but a customer may leave right after the very first purchase too. Batislam, Denizel & Filiztekin (2007). */
export interface MbgNbd extends BetaGeometric {
  readonly kind: 'mbg-nbd'
}

/** Maximum likelihood over the groups. Where no drop-out is visible (a → 0) it says so and is not usable. */
export const fitMbgNbd = (groups: PurchaseGroups): ModelFit<MbgNbd> => fitBetaGeometric(groups, 1, (p) => ({ kind: 'mbg-nbd', ...p }))

export const mbgNbdLogLikelihood = (groups: PurchaseGroups, model: BetaGeometric): number =>
  -betaGeometricObjective(groups, 1)(
    Float64Array.of(Math.log(model.r), Math.log(model.alpha), Math.log(model.a), Math.log(model.b)),
    new Float64Array(4),
  )

export const mbgNbdAlive = (model: BetaGeometric, x: number, tx: number, T: number): number => betaGeometricAlive(model, 1, x, tx, T)

/** Expected purchases in the next t units, given aliveness. */
export const mbgNbdOrdersIfAlive = (model: BetaGeometric, x: number, T: number, t: number): number =>
  betaGeometricOrdersIfAlive(model, 1, x, T, t)
