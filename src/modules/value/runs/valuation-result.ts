import type { AsOfReason } from '../domain/as-of.ts'
import { dayText } from '../domain/as-of.ts'
import { parametersOf } from '../domain/summary.ts'
import type { ValuationDiagnostics } from '../domain/valuation.ts'

/** What a valuation run leaves as its result and the command line prints. */
export interface ValuationResult {
  readonly runId: string
  readonly asOf: string
  readonly asOfReason: AsOfReason
  readonly customers: number
  readonly chosen: string
  readonly chosenBecause: string
  readonly grade: string | null
  /** Fitted models by name: parameters and log-likelihood, and the reason where one is not to be used. */
  readonly models: Readonly<Record<string, Readonly<Record<string, number | string | null>>>>
  readonly backtest: unknown
  readonly seconds: Readonly<Record<string, number>>
}

const names: Readonly<Record<string, string>> = {
  nbd: 'nbd',
  'bg-nbd': 'bgNbd',
  'mbg-nbd': 'mbgNbd',
  'pareto-nbd': 'paretoNbd',
  'gamma-gamma': 'gammaGamma',
  pooled: 'pooled',
}

export function valuationResult(
  runId: string,
  asOf: string,
  asOfReason: AsOfReason,
  diagnostics: ValuationDiagnostics,
  seconds: Readonly<Record<string, number>>,
): ValuationResult {
  const test = diagnostics.backTest
  return {
    runId,
    asOf,
    asOfReason,
    customers: diagnostics.customers,
    chosen: names[diagnostics.chosen]!,
    chosenBecause: diagnostics.choiceReason,
    grade: diagnostics.grade,
    models: Object.fromEntries([
      ...Object.entries(diagnostics.fits).map(([kind, fit]) => [names[kind]!, printed(fit)]),
      ...(diagnostics.gammaGamma ? [['gammaGamma', printed(diagnostics.gammaGamma)]] : []),
    ]),
    backtest: test && {
      calibratedUntil: dayText(test.calibrationEndDay),
      heldOutUntil: dayText(test.calibrationEndDay + test.holdoutDays),
      customers: test.customers,
      actualOrders: test.actualOrders,
      models: Object.fromEntries(
        test.models.map(({ kind, expectedOrders, bias, meanAbsoluteError, areaUnderCurve, brier }) => [
          names[kind]!,
          { expectedOrders, bias, meanAbsoluteError, areaUnderCurve, brier },
        ]),
      ),
      baselines: { lastRate: test.lastRate, recency: test.recency },
    },
    seconds,
  }
}

const printed = (fit: { readonly model: object | null; readonly logLikelihood: number | null; readonly reason: string | null }) => ({
  ...(fit.model ? parametersOf(fit.model) : {}),
  logLikelihood: fit.logLikelihood,
  ...(fit.reason === null ? {} : { reason: fit.reason }),
})
