import type { Context } from '#platform/context.ts'
import { activities, activityOf } from '../domain/activity.ts'
import { dayText } from '../domain/as-of.ts'
import { costOfGoods, profitBases } from '../domain/profit.ts'
import { discountedShare } from '../domain/promotion-share.ts'
import { ageDaysOf, frequencyOf, monetaryOf, recencyDaysOf } from '../domain/purchase-history.ts'
import { parametersOf } from '../domain/summary.ts'
import { tierOfCode } from '../domain/tiers.ts'
import { readCurrent } from './rescore.ts'
import { modelsFrom } from './stored-basis.ts'

/** Everything that a customer's figures were computed from, by the very computation itself: the answer to "why?". */
export async function explain(context: Context, customerId: string, valuation: { runId: string; asOf: string; models: unknown }) {
  const { basis } = modelsFrom(valuation.models)
  const { book, figures, windows } = await readCurrent(context, [customerId], valuation)
  const settings = book.settings
  const net = book.revenue[0]! - book.discounts[0]!
  const known = (value: number) => (Math.abs(value) < 1e300 ? value : null)
  return {
    asOf: dayText(settings.asOfDay),
    unit: settings.unit,
    purchaseDays: book.history.purchaseDays[0]!,
    frequency: frequencyOf(book.history, 0),
    recency: recencyDaysOf(book.history, 0) / book.history.unitDays,
    age: ageDaysOf(book.history, 0) / book.history.unitDays,
    monetaryMinor: monetaryOf(book.history, 0),
    revenueMinor: book.revenue[0]!,
    discountMinor: book.discounts[0]!,
    refundMinor: book.refunds[0]!,
    costOfGoodsMinor: costOfGoods(book.knownCost[0]!, book.unknownCostRevenue[0]!, settings.organisationMargin),
    unknownCostRevenueMinor: book.unknownCostRevenue[0]!,
    costToServeMinor: book.costToServe[0]!,
    profitMinor: Math.round(figures.profit[0]!),
    profitBasis: profitBases[figures.profitBasis[0]!]!,
    discountedShare: discountedShare(net, book.discountedRevenue[0]!),
    horizonMonths: settings.horizon.months,
    discountPercentPerMonth: settings.horizon.discountPerMonth * 100,
    model: { kind: basis.orderModel.kind, parameters: parametersOf(basis.orderModel) },
    spendModel: { kind: basis.spendModel.kind, parameters: parametersOf(basis.spendModel) },
    expectedOrderValueMinor: known(figures.expectedSpend[0]!),
    floors: { platinumMinor: known(basis.floors.platinum), goldMinor: known(basis.floors.gold) },
    computedTier: tierOfCode(figures.computedTier[0]!)!,
    activity: activities[activityOf(book.history, 0, windows)]!,
  }
}
