import type { BackTest, BackTestedModel, FittedKind } from './back-test.ts'

/** Grade of a back-test, A best; what each asks for is in `gradeOf`. */
export type Grade = 'A' | 'B' | 'C' | 'D'

/**
 * Why the model in use was taken. back-test: best on the held-out period · no-back-test: history too short to hold a part out, so the usual model, BG/NBD or what
 * replaces it · too-little-data: under the required number of repeat buyers, pooled estimate · set-by-hand.
 */
export type ChoiceReason = 'back-test' | 'no-back-test' | 'too-little-data' | 'set-by-hand'

/**
 * Loss of a model on the holdout, lower is better: mean absolute error and Brier score, each relative to the best usable model, plus half the absolute logarithm
 * of expected over actual orders. So a model must be right per customer, in its probabilities and in total.
 */
export function lossOf(model: BackTestedModel, all: readonly BackTestedModel[]): number {
  const usable = all.filter((other) => other.usable)
  const best = (pick: (m: BackTestedModel) => number | null): number => Math.min(...usable.map((m) => pick(m) ?? Number.POSITIVE_INFINITY))
  const relative = (value: number | null, least: number): number =>
    value === null ? Number.POSITIVE_INFINITY : least > 0 ? value / least : 1
  const total = model.bias === null ? 0 : Math.abs(Math.log(Math.max(1 + model.bias, 1e-9))) / 2
  return (
    relative(
      model.meanAbsoluteError,
      best((m) => m.meanAbsoluteError),
    ) +
    relative(
      model.brier,
      best((m) => m.brier),
    ) +
    total
  )
}

/** Usable models, best first. Within half a percent of the best the simpler one goes first. */
export function rankModels(test: BackTest): FittedKind[] {
  const usable = test.models.filter((model) => model.usable)
  const losses = new Map(usable.map((model) => [model.kind, lossOf(model, test.models)]))
  const least = Math.min(...losses.values())
  const near = (kind: FittedKind): boolean => losses.get(kind)! <= least * 1.005
  const kinds = usable.map((model) => model.kind)
  // `models` go from simple to demanding, and sorting is stable.
  return [...kinds.filter(near), ...kinds.filter((kind) => !near(kind)).sort((a, b) => losses.get(a)! - losses.get(b)!)]
}

/**
 * A: total within 10 %, error per customer below that of the last rate, ranking no more than 0.02 behind the better baseline.
 * B: total within 20 %, error per customer below that of the last rate. C: total within 40 %, ranking better than chance. D: everything else.
 */
export function gradeOf(test: BackTest, kind: FittedKind): Grade {
  const model = test.models.find((m) => m.kind === kind)
  if (!model || model.bias === null || model.meanAbsoluteError === null) return 'D'
  const off = Math.abs(model.bias)
  const ranking = model.areaUnderCurve ?? 0.5
  const rival = Math.max(test.lastRate.areaUnderCurve ?? 0.5, test.recency.areaUnderCurve ?? 0.5)
  const closer = model.meanAbsoluteError < (test.lastRate.meanAbsoluteError ?? Number.POSITIVE_INFINITY)
  if (off <= 0.1 && closer && ranking >= rival - 0.02) return 'A'
  if (off <= 0.2 && closer) return 'B'
  return off <= 0.4 && ranking > 0.5 ? 'C' : 'D'
}
