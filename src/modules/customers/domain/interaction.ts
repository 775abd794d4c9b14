/** How a touch came about. */
export const channels = [
  'call',
  'visit',
  'store',
  'chat',
  'email',
  'message',
  'letter',
  'card',
  'website',
  'forum',
  'survey',
  'social',
  'event',
  'other',
] as const
export type Channel = (typeof channels)[number]

/** Where in the relation to a purchase it lies (M-04). */
export const stages = ['before', 'during', 'after'] as const
export type Stage = (typeof stages)[number]

/** Touches of one customer by one channel, as costs are computed from them. */
export interface TouchTotals {
  readonly channel: Channel
  /** Touches and minutes whose cost nobody noted: they cost what the rates say. */
  readonly touches: number
  readonly minutes: number
  /** Sum of the costs that were noted, in minor units. */
  readonly notedMinor: number
}

/** Characters of what is said about a touch: the findings of a whole visit have room. */
export const longestSummary = 10_000
