/** Tiers from the bottom of the pyramid to its top; a tier's place is its code in the book. */
export const tiers = ['lead', 'iron', 'gold', 'platinum'] as const
export type Tier = (typeof tiers)[number]

export const valueLabels = ['low', 'middle', 'high'] as const
export type ValueLabel = (typeof valueLabels)[number]

/** Nobody bought yet (none), first bought lately (new), bought again (returning), has bought for long (old), bought once but not for long (asleep). */
export const activities = ['none', 'new', 'returning', 'old', 'asleep'] as const
export type Activity = (typeof activities)[number]

/** What recency, frequency and monetary scores together say of a customer; the value module's grid names one for every combination. */
export const segments = [
  'champions',
  'loyal',
  'potential-loyalist',
  'new',
  'promising',
  'need-attention',
  'about-to-sleep',
  'at-risk',
  'cannot-lose',
  'lost',
] as const
export type Segment = (typeof segments)[number]

/** One customer's computed figures: what lists sort and segments filter by. Amounts are minor units, days 'YYYY-MM-DD' or null for never. */
export interface BookFigures {
  readonly orders: number
  readonly firstOrderDay: string | null
  readonly lastOrderDay: string | null
  readonly revenueMinor: number
  readonly profitMinor: number
  readonly lifetimeValueMinor: number
  readonly expectedSpendMinor: number | null
  readonly expectedOrders: number | null
  readonly probabilityAlive: number | null
  readonly probabilityOrdering: number | null
  readonly tier: Tier
  readonly valueLabel: ValueLabel
  readonly activity: Activity
  readonly segment: Segment | null
  readonly recencyScore: number | null
  readonly frequencyScore: number | null
  readonly monetaryScore: number | null
  readonly valuedOn: string | null
}

/** Stands for "never" among days counted since 1970-01-01. */
export const noDay = -2147483648
/** Stands for "no score" and "no segment". */
export const noCode = 255

/**
 * Figures of `count` customers as parallel arrays, which may be longer, ascending by customer id (as bytes), each id once. NaN is "not known" among the probabilities and expectations.
 */
export interface BookColumns {
  readonly count: number
  /** Sixteen bytes per customer. */
  readonly ids: Uint8Array
  readonly orders: Int32Array
  /** Days since 1970-01-01, `noDay` for never. */
  readonly firstOrderDay: Int32Array
  readonly lastOrderDay: Int32Array
  readonly revenueMinor: Float64Array
  readonly profitMinor: Float64Array
  readonly lifetimeValueMinor: Float64Array
  readonly expectedSpendMinor: Float64Array
  readonly expectedOrders: Float32Array | Float64Array
  readonly probabilityAlive: Float32Array | Float64Array
  readonly probabilityOrdering: Float32Array | Float64Array
  /** Places in `tiers`, `valueLabels`, `activities`. */
  readonly tier: Uint8Array
  readonly valueLabel: Uint8Array
  readonly activity: Uint8Array
  /** Places in `segments`, `noCode` for none. */
  readonly segment: Uint8Array
  /** 1 … bands, `noCode` for none. */
  readonly recencyScore: Uint8Array
  readonly frequencyScore: Uint8Array
  readonly monetaryScore: Uint8Array
  /** The day that the figures are as of. */
  readonly valuedOn: string
}
