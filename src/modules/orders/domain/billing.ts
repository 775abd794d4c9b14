import { quantityText, unitPriceText } from './draft.ts'
import type { Line } from './lines.ts'

/** Why a customer disputes what an order was billed. */
export const disputeReasons = ['price', 'quantity', 'discount', 'not-delivered', 'goods', 'twice', 'address', 'other'] as const
export type DisputeReason = (typeof disputeReasons)[number]

/** How a dispute ends: the bill was corrected, money was given back, or the bill was right. */
export const disputeOutcomes = ['corrected', 'given-back', 'upheld'] as const
export type DisputeOutcome = (typeof disputeOutcomes)[number]

/** One line of a bill in figures that people read. */
export interface BilledLine {
  readonly name: string | null
  readonly product: string | null
  readonly quantity: string
  readonly unitPrice: string | null
  readonly netMinor: number
}

/** The lines in which two states of a bill differ, by their places; null where a line was not there, or is no more. What goods cost the company stands on no bill. */
export function changedLines(
  before: readonly Line[],
  after: readonly Line[],
): { readonly place: number; readonly before: BilledLine | null; readonly after: BilledLine | null }[] {
  return Array.from({ length: Math.max(before.length, after.length) }, (_, i) => ({ place: i + 1, old: before[i], new: after[i] })).flatMap(
    ({ place, old, new: now }) => {
      const line = { place, before: old ? billed(old) : null, after: now ? billed(now) : null }
      return JSON.stringify(line.before) === JSON.stringify(line.after) ? [] : [line]
    },
  )
}

const billed = (line: Line): BilledLine => ({
  name: line.name,
  product: line.product,
  quantity: quantityText(line),
  unitPrice: unitPriceText(line),
  netMinor: line.netMinor,
})

/** Disputed bills of every thousand; null where nothing was billed. */
export const disputesPerThousand = (disputed: number, billedOrders: number): number | null =>
  billedOrders === 0 ? null : (disputed / billedOrders) * 1000
