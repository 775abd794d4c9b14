/** How a touch came about. */
export const channels = ['call', 'visit', 'store', 'chat', 'email', 'message', 'letter', 'social', 'event', 'other'] as const
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

/** What serving costs, in minor units: per minute and per touch, where a channel has no rates of its own. */
export interface ServiceRates {
  readonly perMinuteMinor: number
  readonly perTouchMinor: number
  readonly byChannel: Readonly<Partial<Record<Channel, { readonly perMinuteMinor: number; readonly perTouchMinor: number }>>>
}

/** What touches cost, in whole minor units: what was noted, and for the others touches and minutes at the rates of their channel, rounded half up once. Refuses less than 0 minutes or touches. */
export function touchCost(touches: readonly TouchTotals[], rates: ServiceRates): number {
  let noted = 0
  let rated = 0
  for (const { channel, touches: count, minutes, notedMinor } of touches) {
    if (!(count >= 0 && minutes >= 0)) throw new RangeError(`Touches and minutes are 0 or more, not ${count} and ${minutes}`)
    const { perMinuteMinor, perTouchMinor } = rates.byChannel[channel] ?? rates
    noted += notedMinor
    rated += perTouchMinor * count + perMinuteMinor * minutes
  }
  return noted + Math.floor(rated + 0.5)
}
