import { fitGammaGamma, type GammaGamma, type GammaGammaFit, gammaGammaExpectedSpend } from './gamma-gamma.ts'
import { monetaryOf, type PurchaseHistory } from './purchase-history.ts'

/** Labelled stand-in where gamma-gamma does not apply: the customer's own mean drawn towards the mean of all with the weight of one purchase. */
export interface PooledSpend {
  readonly kind: 'pooled'
  readonly mean: number
}

export type SpendModel = GammaGamma | PooledSpend

/** Fewer customers with repeat spend than this carry no spread of spend worth fitting. */
const minimumSpenders = 20

/** Fits gamma-gamma on the customers with repeat spend; whom `include`, where given, marks with 1; amounts in whole units of money. */
export function fitSpend(
  history: PurchaseHistory,
  minorPerMajor: number,
  include: Uint8Array | null = null,
): { readonly fit: GammaGammaFit; readonly model: SpendModel } {
  let spenders = 0
  const counts = (i: number): boolean => history.spendDays[i]! > 0 && include?.[i] !== 0
  for (let i = 0; i < history.customers; i++) if (counts(i)) spenders++
  const days = new Int32Array(spenders)
  const mean = new Float64Array(spenders)
  let at = 0
  for (let i = 0; i < history.customers; i++) {
    if (!counts(i)) continue
    days[at] = history.spendDays[i]!
    mean[at++] = monetaryOf(history, i) / minorPerMajor
  }
  const fit = fitGammaGamma({ days, mean })
  const usable = fit.model !== null && fit.usable && spenders >= minimumSpenders
  return { fit, model: usable ? fit.model! : { kind: 'pooled', mean: fit.observedMean ?? 0 } }
}

/** Expected value of one future purchase, in the money unit of the model, for a mean of m over `days` repeat days with a value. */
export const expectedSpend = (model: SpendModel, days: number, m: number): number =>
  model.kind === 'pooled' ? (model.mean + days * m) / (1 + days) : gammaGammaExpectedSpend(model, days, m)
