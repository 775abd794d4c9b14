import { prospectMemory } from './lifetime-value.ts'
import { probabilityAlive } from './order-model.ts'
import { profitBases, profitBasis } from './profit.ts'
import { ageDaysOf, daysPerUnit, frequencyOf, monetaryOf, recencyDaysOf } from './purchase-history.ts'
import { rfmSegments, scoreOf, segmentOf } from './rfm.ts'
import { expectedSpend } from './spend-model.ts'
import { decideTier, tierCode, tierOfCode, valueLabel, valueLabels } from './tiers.ts'
import { customerProfit, type ValuationBasis } from './valuation.ts'
import { addCustomer, type CustomerFacts, openBook, type ValuationBook } from './valuation-book.ts'

/** As exact as they are computed, or as they are stored. */
type Chances = Float64Array | Float32Array

/**
 * The figures of a book, one place per customer, beyond what its history says (`frequencyOf` and its kin). Money is in minor units (estimates with fractions).
 * NaN: no forecast, because the customer has never bought or profiling is switched off; scores, segment and label are then 0.
 */
export interface ValuationFigures {
  readonly probabilityAlive: Chances
  /** Of ordering at least once within the horizon; churn risk is 1 − this. */
  readonly probabilityOrdering: Chances
  /** Within the horizon. */
  readonly expectedOrders: Float64Array
  /** Value of one future order. */
  readonly expectedSpend: Float64Array
  /** Expected orders · expected spend, each month discounted. */
  readonly lifetimeValue: Float64Array
  readonly recencyScore: Uint8Array
  readonly frequencyScore: Uint8Array
  readonly monetaryScore: Uint8Array
  /** Place in `rfmSegments` plus 1. */
  readonly segment: Uint8Array
  /** Place in `valueLabels` plus 1. */
  readonly valueLabel: Uint8Array
  readonly profit: Float64Array
  /** Place in `profitBases`. */
  readonly profitBasis: Uint8Array
  /** Tier codes: the tier in force, and what the profit alone says. */
  readonly tier: Uint8Array
  readonly computedTier: Uint8Array
  readonly releasable: Uint8Array
}

/** `chances`: in what probabilities are held; the database stores them as Float32. Everything that money comes of is always exact. */
export const emptyFigures = (customers: number, chances: typeof Float64Array | typeof Float32Array): ValuationFigures => ({
  probabilityAlive: new chances(customers).fill(Number.NaN),
  probabilityOrdering: new chances(customers).fill(Number.NaN),
  expectedOrders: new Float64Array(customers).fill(Number.NaN),
  expectedSpend: new Float64Array(customers).fill(Number.NaN),
  lifetimeValue: new Float64Array(customers).fill(Number.NaN),
  recencyScore: new Uint8Array(customers),
  frequencyScore: new Uint8Array(customers),
  monetaryScore: new Uint8Array(customers),
  segment: new Uint8Array(customers),
  valueLabel: new Uint8Array(customers),
  profit: new Float64Array(customers),
  profitBasis: new Uint8Array(customers),
  tier: new Uint8Array(customers),
  computedTier: new Uint8Array(customers),
  releasable: new Uint8Array(customers),
})

/** Values the customers from … to − 1 of a book. Made once per run, so that equal prospects are worked out once; ranges may come in any order. */
export function scorer(book: ValuationBook, basis: ValuationBasis, figures: ValuationFigures): (from: number, to: number) => void {
  const unitDays = daysPerUnit[basis.settings.unit]
  const prospects = prospectMemory(basis.orderModel, unitDays, basis.settings.horizon)
  return (from, to) => {
    for (let i = from; i < to; i++) {
      if (book.history.purchaseDays[i]! > 0 && book.profiling[i] === 1) {
        forecast(book, i, unitDays, basis, prospects, figures)
        rate(book, i, basis, figures)
      }
      place(book, i, basis, figures)
    }
  }
}

/** Values a whole book at once. */
export function scoreBook(book: ValuationBook, basis: ValuationBasis): ValuationFigures {
  const figures = emptyFigures(book.customers, Float64Array)
  scorer(book, basis, figures)(0, book.customers)
  return figures
}

/** Values a few customers with models, cuts and floors found before; the figures are exactly those of a whole run with the same basis and day. */
export function rescore(
  basis: ValuationBasis,
  asOfDay: number,
  customers: readonly { readonly days: Uint8Array; readonly facts: Readonly<CustomerFacts> }[],
): { readonly book: ValuationBook; readonly figures: ValuationFigures } {
  const book = openBook({ ...basis.settings, asOfDay }, customers.length, null)
  for (const { days, facts } of customers) addCustomer(book, days, facts)
  return { book, figures: scoreBook(book, { ...basis, settings: book.settings }) }
}

function forecast(
  book: ValuationBook,
  i: number,
  unitDays: number,
  basis: ValuationBasis,
  prospects: ReturnType<typeof prospectMemory>,
  figures: ValuationFigures,
): void {
  const x = frequencyOf(book.history, i)
  const ageDays = ageDaysOf(book.history, i)
  const alive = probabilityAlive(basis.orderModel, x, recencyDaysOf(book.history, i) / unitDays, ageDays / unitDays)
  const prospect = prospects(x, ageDays)
  const scale = basis.settings.minorPerMajor
  const spend = expectedSpend(basis.spendModel, book.history.spendDays[i]!, monetaryOf(book.history, i) / scale) * scale
  figures.probabilityAlive[i] = alive
  figures.probabilityOrdering[i] = alive * prospect.ordering
  figures.expectedOrders[i] = alive * prospect.orders
  figures.expectedSpend[i] = spend
  figures.lifetimeValue[i] = alive * prospect.discountedOrders * spend
}

function rate(book: ValuationBook, i: number, basis: ValuationBasis, figures: ValuationFigures): void {
  const { bands } = basis.settings.rfm
  const recency = scoreOf(basis.cuts.recency, book.history.lastDay[i]! - basis.settings.asOfDay)
  const frequency = scoreOf(basis.cuts.frequency, book.windowDays[i]!)
  const monetary = scoreOf(basis.cuts.monetary, book.windowValue[i]!)
  figures.recencyScore[i] = recency
  figures.frequencyScore[i] = frequency
  figures.monetaryScore[i] = monetary
  figures.segment[i] = rfmSegments.indexOf(segmentOf(recency, frequency, monetary, bands)) + 1
  figures.valueLabel[i] = valueLabels.indexOf(valueLabel(frequency, monetary, bands)) + 1
}

function place(book: ValuationBook, i: number, basis: ValuationBasis, figures: ValuationFigures): void {
  const profit = customerProfit(book, i)
  const overrideTier = tierOfCode(book.overrideTier[i]!)
  const decision = decideTier(
    {
      profit,
      former: tierOfCode(book.formerTier[i]!),
      override: overrideTier && { tier: overrideTier, untilDay: book.overrideUntilDay[i]! },
      strategic: book.strategic[i] === 1,
    },
    basis.floors,
    basis.settings.tiers.hysteresis,
    basis.settings.asOfDay,
  )
  figures.profit[i] = profit
  figures.profitBasis[i] = profitBases.indexOf(profitBasis(book.unknownCostRevenue[i]!, basis.settings.organisationMargin))
  figures.tier[i] = tierCode(decision.tier)
  figures.computedTier[i] = tierCode(decision.computed)
  figures.releasable[i] = decision.releasable ? 1 : 0
}
