/** What serving costs where nobody noted it, minor units. */
export interface ServiceRates {
  readonly minorPerMinute: number
  readonly minorPerContact: Readonly<Record<string, number>>
}

/** Touches of a customer by one channel: those without a noted cost, their minutes, and the sum of the costs that were noted. */
export interface TouchSums {
  readonly channel: string
  readonly touches: number
  readonly minutes: number
  readonly notedMinor: number
}

/** Cost of the touches, minor units: what was noted, and for the rest the rate per contact of the channel plus the rate per minute. */
export const touchCost = (totals: TouchSums, rates: ServiceRates): number =>
  totals.notedMinor + totals.touches * (rates.minorPerContact[totals.channel] ?? 0) + totals.minutes * rates.minorPerMinute
