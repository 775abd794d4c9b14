import { type LabelledRecord, pairOf, truePairs } from '#seeds/labelled-duplicates.ts'

export interface Quality {
  /** Of the pairs that were found, how many are of one person. */
  readonly precision: number
  /** Of the pairs of one person, how many were found. */
  readonly recall: number
  readonly found: number
  readonly there: number
}

/** How good a search was on records of which it is known who is whom. Pairs by the keys of their records. */
export function qualityOf(records: readonly LabelledRecord[], found: readonly (readonly [string, string])[]): Quality {
  const there = truePairs(records)
  const right = found.filter(([a, b]) => there.has(pairOf(a, b))).length
  return {
    precision: found.length === 0 ? 1 : right / found.length,
    recall: there.size === 0 ? 1 : right / there.size,
    found: found.length,
    there: there.size,
  }
}
