import type { CustomerKind } from './archive.ts'
import type { Activity, Segment, Tier, ValueLabel } from './book.ts'

/** How a list may be sorted. Each has an index that serves it in both directions. */
export const customerSorts = ['name', 'lifetime-value', 'profit', 'revenue', 'last-order', 'created'] as const
export type CustomerSort = (typeof customerSorts)[number]
export const directions = ['ascending', 'descending'] as const
export type Direction = (typeof directions)[number]

/** What a list may be narrowed to; what is not given does not matter. Several words of one filter mean any of them. */
export interface CustomerFilter {
  readonly q?: string | undefined
  readonly tier?: readonly Tier[] | undefined
  readonly valueLabel?: readonly ValueLabel[] | undefined
  readonly activity?: readonly Activity[] | undefined
  readonly segment?: readonly Segment[] | undefined
  readonly owner?: readonly string[] | undefined
  /** Owners beyond whose customers whoever asks sees nobody; missing for those who see all. */
  readonly reach?: readonly string[] | undefined
  readonly city?: readonly string[] | undefined
  readonly tag?: readonly string[] | undefined
  readonly kind?: CustomerKind | undefined
  /** Last order on or after, on or before a day; who never ordered is in neither. */
  readonly lastOrderFrom?: string | undefined
  readonly lastOrderTo?: string | undefined
  readonly lifetimeValueFrom?: number | undefined
  readonly lifetimeValueTo?: number | undefined
  readonly recencyScore?: number | undefined
  readonly frequencyScore?: number | undefined
  readonly monetaryScore?: number | undefined
  readonly profitFrom?: number | undefined
  readonly profitTo?: number | undefined
}

/** The direction in which people expect a sort first: names from A, amounts and days from the top. */
export const usualDirection = (sort: CustomerSort): Direction => (sort === 'name' ? 'ascending' : 'descending')
