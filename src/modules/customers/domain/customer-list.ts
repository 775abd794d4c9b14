import type { CustomerKind, CustomerRole } from './archive.ts'
import type { Activity, Segment, Tier, ValueLabel } from './book.ts'
import type { ConsentChannel, Purpose } from './consent.ts'
import type { OwnCondition } from './own-fields.ts'
import type { TargetRule } from './qualification.ts'
import type { SegmentDefinition, SegmentTerms } from './segment.ts'

/** How a list may be sorted. Each has an index that serves it in both directions. 'own' is a field that the company defined; it lists those for whom it is known. */
export const customerSorts = ['name', 'lifetime-value', 'profit', 'revenue', 'last-order', 'created', 'own'] as const
export type CustomerSort = (typeof customerSorts)[number]
export const directions = ['ascending', 'descending'] as const
export type Direction = (typeof directions)[number]

/** The word among owners for those whom nobody looks after. */
export const nobodys = 'nobody'

/** A kept segment as a list is narrowed to it: what it says at this moment, and what it is read with. */
export interface SegmentFilter {
  readonly definition: SegmentDefinition
  readonly terms: SegmentTerms
  readonly today: string
}

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
  /** Who the records are about; customers where nothing is said. */
  readonly role?: readonly CustomerRole[] | undefined
  readonly phase?: readonly string[] | undefined
  readonly region?: readonly string[] | undefined
  readonly priceSensitivity?: readonly string[] | undefined
  readonly incomeBand?: readonly string[] | undefined
  readonly occupation?: readonly string[] | undefined
  readonly interest?: readonly string[] | undefined
  readonly trait?: readonly string[] | undefined
  /** Born on or after, on or before a day. */
  readonly bornFrom?: string | undefined
  readonly bornTo?: string | undefined
  /** May be addressed for a purpose by a channel for which there is an address. */
  readonly mayContact?: { readonly purpose: string; readonly channel: ConsentChannel; readonly needs: Purpose['needs'] } | undefined
  readonly own?: readonly OwnCondition[] | undefined
  /** Those who meet the rule of who is a target customer (C-16), or those who do not. */
  readonly target?: { readonly is: boolean; readonly rule: TargetRule } | undefined
  readonly inSegment?: SegmentFilter | undefined
  /** Search by the beginning of names alone, for those who must not find out what is hidden from them. */
  readonly namesOnly?: boolean | undefined
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

/** Filters by what is computed of customers. */
export const figureFilters = [
  'tier',
  'valueLabel',
  'activity',
  'segment',
  'lastOrderFrom',
  'lastOrderTo',
  'lifetimeValueFrom',
  'lifetimeValueTo',
  'profitFrom',
  'profitTo',
  'recencyScore',
  'frequencyScore',
  'monetaryScore',
] as const satisfies readonly (keyof CustomerFilter)[]

/** Sorts by what is computed of customers alone; lists of others are sorted by name instead. */
export const isFigureSort = (sort: CustomerSort): boolean => !['name', 'created', 'own'].includes(sort)

/** The direction in which people expect a sort first: names from A, amounts and days from the top. */
export const usualDirection = (sort: CustomerSort): Direction => (sort === 'name' ? 'ascending' : 'descending')
