import { counted } from './reliability.ts'

/** A figure of the literature with the text key of its source; shown as a benchmark, never as the company's own. */
export interface ComplaintBenchmark {
  readonly source: 'why-complaints-matter'
}

/** Of the dissatisfied, so many in a hundred complain again and again until top management hears them (requirement G-17). */
export const persistentPercent = 5

export interface Iceberg extends ComplaintBenchmark {
  readonly persistent: number
  /** Dissatisfied customers behind them, rounded to whole ones. */
  readonly dissatisfied: number
  /** Of those, the ones who do not complain so and are not heard. */
  readonly silent: number
}

/**
 * How many dissatisfied customers stand behind those who complained more than once until top management heard them: persistent ÷ 5 %. A whole number of at
 * least 0 (RangeError otherwise). It is an order of magnitude: the source gives one share for all trades and no interval, so neither is there one here.
 *
 * @example iceberg(10) // => dissatisfied 200, silent 190
 */
export function iceberg(persistent: number): Iceberg {
  const dissatisfied = Math.round((counted(persistent, 'persistent') * 100) / persistentPercent)
  return { persistent, dissatisfied, silent: dissatisfied - persistent, source: 'why-complaints-matter' }
}
