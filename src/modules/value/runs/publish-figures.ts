import type { BookMark, StagedBook } from '#modules/customers/public.ts'
import type { Context } from '#platform/context.ts'
import { dayText } from '../domain/as-of.ts'
import { type FormerFigures, materiallyChanged, usualAmounts } from '../domain/material-change.ts'
import { movesOf, type summarize } from '../domain/summary.ts'
import type { ValuationBasis, ValuationDiagnostics } from '../domain/valuation.ts'
import type { ValuationBook } from '../domain/valuation-book.ts'
import type { ValuationFigures } from '../domain/valuation-score.ts'
import { tiersMoved, valueRevalued } from '../facts.ts'
import { forgetAssessments, writeAssessments } from '../store/assessments.ts'
import { lockFigures } from '../store/recheck.ts'
import { insertValuation, thinValuations } from '../store/valuations.ts'
import { storedModels } from './stored-basis.ts'

export interface Finished {
  readonly runId: string
  readonly mark: BookMark
  readonly staged: StagedBook
  /** Sixteen bytes per customer. */
  readonly ids: Uint8Array
  readonly former: FormerFigures
  /** Customers with assessments who are no longer there. */
  readonly gone: readonly string[]
  readonly book: ValuationBook
  readonly figures: ValuationFigures
  readonly tierReason: Uint8Array
  readonly basis: ValuationBasis
  readonly diagnostics: ValuationDiagnostics
  readonly summary: ReturnType<typeof summarize> & Readonly<Record<string, unknown>>
}

/** Summaries of this many valuations stay readable; of older ones the models stay, which explain old figures. */
const keptSummaries = 60

/** Puts everything that people see of a valuation in place, in one transaction: either all figures are the new ones or none is. */
export async function publishFigures(context: Context, finished: Finished): Promise<{ assessed: number; moved: number }> {
  const { db, now, publish } = context
  const { runId, book, figures, tierReason, basis, diagnostics, ids, former } = finished
  await lockFigures(db)
  const asOf = dayText(book.settings.asOfDay)
  const usual = usualAmounts(figures)
  const places = materiallyChanged(former, figures, tierReason, usual)
  await forgetAssessments(db, finished.gone)
  await writeAssessments(db, { runId, asOf, ids, places, figures, tierReason })
  await insertValuation(db, {
    runId,
    asOf,
    finishedAt: now,
    customers: book.customers,
    settings: basis.settings,
    models: storedModels(basis, usual),
    summary: finished.summary,
  })
  await thinValuations(db, keptSummaries)
  const moves = movesOf(former.tier, figures.tier).filter((move) => move.from !== move.to)
  await publish(valueRevalued, { runId, asOf, customers: book.customers, model: diagnostics.chosen, grade: diagnostics.grade })
  if (moves.length > 0) await publish(tiersMoved, { runId, asOf, moves })
  await finished.staged.publish(db, finished.mark)
  return { assessed: places.length, moved: moves.reduce((sum, move) => sum + (move.from === null ? 0 : move.customers), 0) }
}
