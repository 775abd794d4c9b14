import { type BackTest, backTest, type FittedKind, fitKind } from './back-test.ts'
import type { GammaGammaFit } from './gamma-gamma.ts'
import { type ChoiceReason, type Grade, gradeOf, rankModels } from './model-choice.ts'
import type { ModelFit } from './model-fit.ts'
import { fittedKinds, type OrderModel, pooledRate } from './order-model.ts'
import { profitOf } from './profit.ts'
import { groupPurchases, type PurchaseGroups } from './purchase-groups.ts'
import { countedCuts, limitCuts, type ScoreCuts, scoreCuts } from './rfm.ts'
import { fitSpend, type SpendModel } from './spend-model.ts'
import { type TierFloors, tierFloors } from './tiers.ts'
import type { ValuationBook } from './valuation-book.ts'
import type { ValuationSettings } from './valuation-settings.ts'

/** All that is needed to value a customer: survives JSON, so that tomorrow's changes are scored with last night's models. */
export interface ValuationBasis {
  readonly settings: ValuationSettings
  readonly orderModel: OrderModel
  readonly spendModel: SpendModel
  readonly cuts: { readonly recency: ScoreCuts; readonly frequency: ScoreCuts; readonly monetary: ScoreCuts }
  readonly floors: TierFloors
}

/** What was found on the way; kept with the run and printed by the command line. */
export interface ValuationDiagnostics {
  readonly customers: number
  readonly buyers: number
  readonly repeatBuyers: number
  readonly fits: Readonly<Partial<Record<FittedKind, ModelFit<OrderModel>>>>
  readonly gammaGamma: GammaGammaFit | null
  readonly chosen: OrderModel['kind']
  readonly choiceReason: ChoiceReason
  readonly backTest: BackTest | null
  readonly grade: Grade | null
}

/** A valuation under way. Its phases fill it in order; each is one call, so that a run can time it, report and draw breath in between. */
export interface ValuationWork {
  readonly book: ValuationBook
  groups: PurchaseGroups | null
  fits: Partial<Record<FittedKind, ModelFit<OrderModel>>>
  spend: { readonly fit: GammaGammaFit; readonly model: SpendModel } | null
  backTest: BackTest | null
  cuts: ValuationBasis['cuts'] | null
  floors: TierFloors | null
  /** All profits, sorted. */
  ascendingProfits: Float64Array
}

export interface ValuationPhase {
  readonly name: 'profit' | 'rfm' | 'group' | FittedKind | 'gamma-gamma' | 'back-test'
  readonly run: (work: ValuationWork) => void
}

export const beginValuation = (book: ValuationBook): ValuationWork => ({
  book,
  groups: null,
  fits: {},
  spend: null,
  backTest: null,
  cuts: null,
  floors: null,
  ascendingProfits: new Float64Array(),
})

/** The phases between reading the book (`addDays`) and scoring it (`scoreCustomers`), in order. */
export const valuationPhases: readonly ValuationPhase[] = [
  {
    name: 'profit',
    run: (work) => {
      work.ascendingProfits = profitsOf(work.book).sort()
      work.floors = tierFloors(work.ascendingProfits, work.book.settings.tiers)
    },
  },
  {
    name: 'rfm',
    run: (work) => {
      work.cuts = cutsOf(work.book)
    },
  },
  {
    name: 'group',
    run: (work) => {
      work.groups = groupPurchases(work.book.calibration, work.book.profiling)
    },
  },
  ...fittedKinds.map((kind) => ({ name: kind, run: (work: ValuationWork) => fitInto(work, kind) })),
  {
    name: 'gamma-gamma',
    run: (work) => {
      work.spend = fitSpend(work.book.calibration, work.book.settings.minorPerMajor, work.book.profiling)
    },
  },
  {
    name: 'back-test',
    run: (work) => {
      const test = work.book.backTest
      if (test && enough(work)) work.backTest = acceptable(backTest(test, { pareto: work.book.settings.pareto }), work.book.settings)
    },
  },
]

/** Runs all phases at once; for tests, small books and the bench. */
export function runPhases(book: ValuationBook): ValuationWork {
  const work = beginValuation(book)
  for (const phase of valuationPhases) phase.run(work)
  return work
}

const enough = (work: ValuationWork): boolean => work.groups !== null && work.groups.repeaters >= work.book.settings.minimumRepeatBuyers

function fitInto(work: ValuationWork, kind: FittedKind): void {
  if (!enough(work) || (kind === 'pareto-nbd' && !work.book.settings.pareto)) return
  work.fits[kind] = fitKind(kind, work.groups!)
}

/** A back-test on too few repeat buyers, or on a holdout in which nobody ordered, says nothing. */
const acceptable = (test: BackTest, settings: ValuationSettings): BackTest | null =>
  test.repeatBuyers >= settings.minimumRepeatBuyers && test.actualOrders > 0 ? test : null

export interface ConcludedValuation {
  readonly basis: ValuationBasis
  readonly diagnostics: ValuationDiagnostics
  /** All profits, sorted. */
  readonly ascendingProfits: Float64Array
}

/** The model in use, why, and everything found; call after the last phase. */
export function concludeValuation(work: ValuationWork): ConcludedValuation {
  const { book, groups, spend, cuts, floors } = work
  if (!groups || !spend || !cuts || !floors) throw new Error('valuation: concluded before its phases had run')
  const { model, reason } = chooseModel(work, groups)
  const kind = model.kind
  return {
    basis: { settings: book.settings, orderModel: model, spendModel: spend.model, cuts, floors },
    diagnostics: {
      customers: book.customers,
      buyers: groups.customers,
      repeatBuyers: groups.repeaters,
      fits: work.fits,
      gammaGamma: spend.fit,
      chosen: kind,
      choiceReason: reason,
      backTest: work.backTest,
      grade: work.backTest && kind !== 'pooled' ? gradeOf(work.backTest, kind) : null,
    },
    ascendingProfits: work.ascendingProfits,
  }
}

/** By hand, else best in the back-test, else BG/NBD; always only what is usable on the whole calibration, NBD being the last resort before the pooled estimate. */
function chooseModel(work: ValuationWork, groups: PurchaseGroups): { model: OrderModel; reason: ChoiceReason } {
  const wanted = work.book.settings.model
  const ranked: FittedKind[] = work.backTest ? rankModels(work.backTest) : []
  const order: FittedKind[] = [...(wanted === 'auto' ? [] : [wanted]), ...ranked, 'bg-nbd', 'mbg-nbd', 'nbd']
  for (const kind of order) {
    const fit = work.fits[kind]
    if (!fit?.usable || !fit.model) continue
    return { model: fit.model, reason: kind === wanted ? 'set-by-hand' : work.backTest ? 'back-test' : 'no-back-test' }
  }
  return { model: pooledRate(groups), reason: 'too-little-data' }
}

/** Profit of every customer in the book, minor units. */
export function profitsOf(book: ValuationBook): Float64Array {
  const profits = new Float64Array(book.customers)
  for (let i = 0; i < book.customers; i++) profits[i] = customerProfit(book, i)
  return profits
}

export const customerProfit = (book: ValuationBook, i: number): number =>
  profitOf(
    {
      revenue: book.revenue[i]!,
      refunds: book.refunds[i]!,
      discounts: book.discounts[i]!,
      knownCost: book.knownCost[i]!,
      unknownCostRevenue: book.unknownCostRevenue[i]!,
      costToServe: book.costToServe[i]!,
    },
    book.settings.organisationMargin,
  )

/** Score cuts as they were set, else over all who have ever bought and may be profiled: −days since the last purchase, purchase days and value in the window. */
function cutsOf(book: ValuationBook): ValuationBasis['cuts'] {
  const { bands, limits } = book.settings.rfm
  if (limits) return limitCuts(limits)
  return {
    recency: countedCutsOf(book, (i) => book.history.lastDay[i]! - book.settings.asOfDay),
    frequency: countedCutsOf(book, (i) => book.windowDays[i]!),
    monetary: scoreCuts(valuesOfScored(book), bands),
  }
}

/** Who gets scores. */
const isScored = (book: ValuationBook, i: number): boolean => book.history.purchaseDays[i]! > 0 && book.profiling[i] === 1

/** Cuts of a whole measure: days and counts of days have a narrow range, however many customers there are. */
function countedCutsOf(book: ValuationBook, measure: (i: number) => number): ScoreCuts {
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  for (let i = 0; i < book.customers; i++) {
    if (!isScored(book, i)) continue
    first = Math.min(first, measure(i))
    last = Math.max(last, measure(i))
  }
  if (first > last) return countedCuts(new Int32Array(), 0, book.settings.rfm.bands)
  const counts = new Int32Array(last - first + 1)
  for (let i = 0; i < book.customers; i++) if (isScored(book, i)) counts[measure(i) - first]!++
  return countedCuts(counts, first, book.settings.rfm.bands)
}

/** What everybody who gets scores bought for in the window. */
function valuesOfScored(book: ValuationBook): Float64Array {
  const values = new Float64Array(book.customers)
  let scored = 0
  for (let i = 0; i < book.customers; i++) if (isScored(book, i)) values[scored++] = book.windowValue[i]!
  return values.subarray(0, scored)
}
