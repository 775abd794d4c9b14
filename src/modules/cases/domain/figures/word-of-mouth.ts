import type { ComplaintBenchmark } from './iceberg.ts'
import { counted } from './reliability.ts'

/** How many people a satisfied customer tells of it, and a dissatisfied one (requirement E-21). */
export const toldBy = { satisfied: 3, dissatisfied: 11 } as const

export interface WordOfMouth extends ComplaintBenchmark {
  readonly satisfied: number
  readonly dissatisfied: number
  /** People who hear good and bad; somebody who hears it twice is counted twice. */
  readonly good: number
  readonly bad: number
}

/**
 * How many people hear good and bad of the company, if each satisfied customer tells 3 and each dissatisfied one 11. Whole numbers of at least 0 (RangeError
 * otherwise). A benchmark without an interval, as its source gives none.
 *
 * @example wordOfMouth(100, 20) // => good 300, bad 220
 */
export function wordOfMouth(satisfied: number, dissatisfied: number): WordOfMouth {
  return {
    satisfied,
    dissatisfied,
    good: counted(satisfied, 'satisfied') * toldBy.satisfied,
    bad: counted(dissatisfied, 'dissatisfied') * toldBy.dissatisfied,
    source: 'why-complaints-matter',
  }
}
