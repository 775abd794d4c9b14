import type { UsualAmounts } from '../domain/material-change.ts'
import type { ValuationBasis } from '../domain/valuation.ts'

/** What is kept of a valuation so that one customer can be scored as the whole book was. */
export interface StoredModels {
  readonly basis: ValuationBasis
  readonly usual: UsualAmounts
}

/** Stands for a border that nobody reaches: JSON knows no infinity, and null would read as 0. */
const unreachable = 1e300

/** As plain values that survive JSON. */
export const storedModels = (basis: ValuationBasis, usual: UsualAmounts): unknown =>
  JSON.parse(JSON.stringify({ basis, usual }, (_, value: unknown) => (value === Number.POSITIVE_INFINITY ? unreachable : value)))

/** Back from what was stored; written by `storedModels` and by nobody else. */
export const modelsFrom = (stored: unknown): StoredModels =>
  JSON.parse(JSON.stringify(stored), (_, value: unknown) => (value === unreachable ? Number.POSITIVE_INFINITY : value)) as StoredModels
