import type { ActivityWindows } from './activity.ts'
import { type AsOfReason, dayText } from './as-of.ts'
import { type CohortCounts, cohortTriangle } from './cohorts.ts'
import { concentration } from './concentration.ts'
import { distributionOf, rankSketch } from './distribution.ts'
import { keepingOf } from './keeping.ts'
import type { FormerFigures } from './material-change.ts'
import { promotionShare } from './promotion-share.ts'
import { netRevenueOf, pyramidOf } from './pyramid.ts'
import { rfmMap } from './rfm-map.ts'
import { type SizeBandSettings, sizeBandReport } from './size-bands.ts'
import { type Tier, tierOfCode } from './tiers.ts'
import type { ValuationBasis, ValuationDiagnostics } from './valuation.ts'
import type { ValuationBook } from './valuation-book.ts'
import type { ValuationFigures } from './valuation-score.ts'

/** What a finished valuation has at hand. */
export interface SummaryInput {
  readonly book: ValuationBook
  readonly figures: ValuationFigures
  readonly tierReason: Uint8Array
  /** All profits, sorted. */
  readonly ascendingProfits: Float64Array
  readonly former: FormerFigures
  readonly basis: ValuationBasis
  readonly diagnostics: ValuationDiagnostics
  readonly cohorts: CohortCounts | null
  readonly windows: ActivityWindows
  readonly sizeBands: SizeBandSettings
  readonly asOfReason: AsOfReason
  readonly newestOrderDay: number | null
  readonly seconds: Readonly<Record<string, number>>
}

/** Everything that the screens show of a valuation, by part; plain values that survive JSON. Nothing here is asked of the database again. */
export function summarize(input: SummaryInput) {
  const { book, figures, basis, diagnostics } = input
  const pyramid = pyramidOf(book, figures, input.tierReason, input.windows)
  const sum = (pick: (row: (typeof pyramid.tiers)[number]) => number) => pyramid.tiers.reduce((total, row) => total + pick(row), 0)
  const lifetimeValues = distributionOf(figures.lifetimeValue)
  return {
    overview: {
      customers: book.customers,
      buyers: diagnostics.buyers,
      repeatBuyers: diagnostics.repeatBuyers,
      revenueMinor: sum((row) => row.revenueMinor),
      profitMinor: sum((row) => row.profitMinor),
      lifetimeValueMinor: sum((row) => row.lifetimeValueMinor),
      expectedOrders: pyramid.expectedOrders,
      tiers: pyramid.tiers,
      floors: { platinumMinor: finite(basis.floors.platinum), goldMinor: finite(basis.floors.gold) },
      labels: pyramid.labels,
      activities: pyramid.activities,
      segments: pyramid.segments,
      profitBases: pyramid.profitBases,
      unknownCostRevenueMinor: pyramid.unknownCostRevenueMinor,
      organisationMarginPercent: basis.settings.organisationMargin === null ? null : basis.settings.organisationMargin * 100,
      asOfReason: input.asOfReason,
      newestOrderDay: input.newestOrderDay === null ? null : dayText(input.newestOrderDay),
      chosen: diagnostics.chosen,
      choiceReason: diagnostics.choiceReason,
      grade: diagnostics.grade,
      profilingOff: pyramid.profilingOff,
    },
    concentration: {
      revenue: concentration(netRevenues(book).sort()),
      profit: concentration(input.ascendingProfits),
    },
    sizeBands: sizeBandReport(
      { revenue: book.revenue, discounts: book.discounts, costToServe: book.costToServe, orders: book.orders },
      input.sizeBands,
    ),
    promotion: promotionShare(book.revenue, book.discounts, book.discountedRevenue),
    rfm: { ...rfmMap(book, figures, basis), segments: pyramid.segments },
    lifetimeValues: {
      ...lifetimeValues,
      horizonMonths: basis.settings.horizon.months,
      discountPercentPerMonth: basis.settings.horizon.discountPerMonth * 100,
    },
    models: modelsOf(input),
    cohorts: input.cohorts && cohortTriangle(input.cohorts),
    keeping: input.cohorts && keepingOf(input.cohorts, basis.settings.organisationMargin),
    movement: movesOf(input.former.tier, figures.tier),
    profits: rankSketch(input.ascendingProfits),
  }
}

/** How many went from which tier to which; null from: no assessment before. Sums to all customers. */
export function movesOf(from: Uint8Array, to: Uint8Array): { readonly from: Tier | null; readonly to: Tier; readonly customers: number }[] {
  const counts = new Int32Array(25)
  for (let i = 0; i < to.length; i++) counts[from[i]! * 5 + to[i]!]!++
  return Array.from(counts).flatMap((customers, cell) =>
    customers === 0 ? [] : [{ from: tierOfCode(Math.floor(cell / 5)), to: tierOfCode(cell % 5)!, customers }],
  )
}

function netRevenues(book: ValuationBook): Float64Array {
  const revenues = new Float64Array(book.customers)
  for (let i = 0; i < book.customers; i++) revenues[i] = netRevenueOf(book, i)
  return revenues
}

function modelsOf({ book, basis, diagnostics, seconds }: SummaryInput) {
  const { gammaGamma, backTest } = diagnostics
  const settings = basis.settings
  return {
    unit: settings.unit,
    calibrationEnd: dayText(settings.calibrationEndDay ?? settings.asOfDay),
    buyers: diagnostics.buyers,
    repeatBuyers: diagnostics.repeatBuyers,
    minimumRepeatBuyers: settings.minimumRepeatBuyers,
    chosen: diagnostics.chosen,
    choiceReason: diagnostics.choiceReason,
    grade: diagnostics.grade,
    fits: Object.entries(diagnostics.fits).map(([kind, fit]) => ({
      kind,
      parameters: fit.model && parametersOf(fit.model),
      standardErrors: fit.standardErrors,
      logLikelihood: fit.logLikelihood,
      usable: fit.usable,
      reason: fit.reason,
      customers: fit.customers,
      evaluations: fit.evaluations,
    })),
    spend: gammaGamma && {
      kind: basis.spendModel.kind,
      parameters: gammaGamma.model && parametersOf(gammaGamma.model),
      standardErrors: gammaGamma.standardErrors,
      logLikelihood: gammaGamma.logLikelihood,
      reason: gammaGamma.reason,
      correlation: gammaGamma.correlation,
      populationMean: gammaGamma.populationMean ?? gammaGamma.observedMean,
      customers: gammaGamma.customers,
    },
    backTest: backTest && {
      calibrationEnd: dayText(backTest.calibrationEndDay),
      end: dayText(backTest.calibrationEndDay + backTest.holdoutDays),
      customers: backTest.customers,
      repeatBuyers: backTest.repeatBuyers,
      sampledEvery: book.backTest?.stride ?? 1,
      actualOrders: backTest.actualOrders,
      actualRate: backTest.actualRate,
      stepDays: backTest.stepDays,
      actualCumulative: backTest.actualCumulative,
      customersByFrequency: backTest.customersByFrequency,
      actualByFrequency: backTest.actualByFrequency,
      models: backTest.models,
      lastRate: backTest.lastRate,
      recency: backTest.recency,
    },
    seconds,
  }
}

/** A model's numbers by name. */
export function parametersOf(model: object): Record<string, number> {
  return Object.fromEntries(Object.entries(model).filter((entry): entry is [string, number] => typeof entry[1] === 'number'))
}

/** Borders that nobody reaches lie beyond every amount. */
const finite = (value: number): number | null => (Math.abs(value) < 1e300 ? value : null)
