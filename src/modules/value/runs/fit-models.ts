import { setImmediate as breath } from 'node:timers/promises'
import type { Progress } from '#platform/runs/run-kind.ts'
import { beginValuation, type ConcludedValuation, concludeValuation, valuationPhases } from '../domain/valuation.ts'
import type { ValuationBook } from '../domain/valuation-book.ts'

/** Fits everything that customers are scored by, drawing breath after each phase, so that a process that also serves pages goes on serving them; `lap` is told what has just been done. */
export async function fitModels(
  book: ValuationBook,
  progress: (progress: Progress) => Promise<void>,
  lap: (phase: string) => void,
): Promise<ConcludedValuation> {
  const work = beginValuation(book)
  for (const [done, phase] of valuationPhases.entries()) {
    await progress({ phase: phase.name, done, total: valuationPhases.length })
    await breath()
    phase.run(work)
    lap(phase.name)
  }
  return concludeValuation(work)
}
