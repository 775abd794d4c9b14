import { answerFromThread } from '#platform/thread.ts'
import { tierReasonsOf } from '../domain/tier-reason.ts'
import { beginValuation, concludeValuation, type ValuationBasis, type ValuationDiagnostics, valuationPhases } from '../domain/valuation.ts'
import type { ValuationBook } from '../domain/valuation-book.ts'
import { emptyFigures, scorer, type ValuationFigures } from '../domain/valuation-score.ts'
import { stopwatch } from './stopwatch.ts'

/** What a valuation works out of its book, and the book back. */
export interface FoundFigures {
  readonly book: ValuationBook
  readonly basis: ValuationBasis
  readonly diagnostics: ValuationDiagnostics
  readonly figures: ValuationFigures
  readonly tierReason: Uint8Array
  readonly seconds: Readonly<Record<string, number>>
}

/** How far the thread is. */
export interface FigureNote {
  readonly phase: string
  readonly done: number
  readonly total: number
}

const sliceCustomers = 25_000

answerFromThread<ValuationBook, FoundFigures, FigureNote>((book, note) => {
  const clock = stopwatch()
  const work = beginValuation(book)
  for (const [done, phase] of valuationPhases.entries()) {
    note({ phase: phase.name, done, total: valuationPhases.length })
    phase.run(work)
    clock.lap(phase.name)
  }
  const { basis, diagnostics } = concludeValuation(work)
  const figures = emptyFigures(book.customers)
  const score = scorer(book, basis, figures)
  for (let from = 0; from < book.customers; from += sliceCustomers) {
    note({ phase: 'scoring', done: from, total: book.customers })
    score(from, Math.min(book.customers, from + sliceCustomers))
  }
  const tierReason = tierReasonsOf(book, figures, basis.floors, book.settings.tiers)
  clock.lap('scoring')
  return { book, basis, diagnostics, figures, tierReason, seconds: clock.seconds }
})
