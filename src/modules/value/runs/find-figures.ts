import { setImmediate as breath } from 'node:timers/promises'
import type { Progress } from '#platform/runs/run-kind.ts'
import { tierReasonsOf } from '../domain/tier-reason.ts'
import { beginValuation, concludeValuation, type ValuationBasis, type ValuationDiagnostics, valuationPhases } from '../domain/valuation.ts'
import type { ValuationBook } from '../domain/valuation-book.ts'
import { emptyFigures, scorer, type ValuationFigures } from '../domain/valuation-score.ts'

/** What a valuation works out of its book. */
export interface FoundFigures {
  readonly basis: ValuationBasis
  readonly diagnostics: ValuationDiagnostics
  readonly figures: ValuationFigures
  readonly tierReason: Uint8Array
}

const sliceCustomers = 25_000

/** Fits and scores, drawing breath after each phase and each slice of customers, so that a process that also serves pages goes on serving them; `lap` is told what has just been done. */
export async function findFigures(
  book: ValuationBook,
  progress: (progress: Progress) => Promise<void>,
  lap: (phase: string) => void,
): Promise<FoundFigures> {
  const work = beginValuation(book)
  for (const [done, phase] of valuationPhases.entries()) {
    await progress({ phase: phase.name, done, total: valuationPhases.length })
    await breath()
    phase.run(work)
    lap(phase.name)
  }
  const { basis, diagnostics } = concludeValuation(work)
  const figures = emptyFigures(book.customers)
  const score = scorer(book, basis, figures)
  for (let from = 0; from < book.customers; from += sliceCustomers) {
    await progress({ phase: 'scoring', done: from, total: book.customers })
    await breath()
    score(from, Math.min(book.customers, from + sliceCustomers))
  }
  const tierReason = tierReasonsOf(book, figures, basis.floors, book.settings.tiers)
  lap('scoring')
  return { basis, diagnostics, figures, tierReason }
}
