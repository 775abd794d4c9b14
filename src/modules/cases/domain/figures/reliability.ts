import { wilsonInterval } from '#numerics/wilson-interval.ts'

/** How far a figure carries. none: there is nothing to compute it from · few: its interval may be shown, but nobody should be judged by it · enough. */
export type Basis = 'none' | 'few' | 'enough'

/** Where the true value lies, 95 times in 100 unless it says otherwise. Both ends belong to it. */
export interface Interval {
  readonly low: number
  readonly high: number
}

/** A share with what it was counted from. */
export interface Share {
  readonly part: number
  readonly whole: number
  /** 0…1; null where the whole is 0. */
  readonly share: number | null
  /** Wilson's interval of 95 %; null where the whole is 0. */
  readonly interval: Interval | null
  readonly basis: Basis
}

/** From how many on a share is judged: the interval then reaches no further than 18 points to either side. */
export const leastForShare = 30

/**
 * The share of `part` in `whole` (whole numbers, 0 ≤ part ≤ whole; RangeError otherwise), with its interval. Below `least` the basis is `few`.
 *
 * @example shareOf(113, 150) // => share 0.7533…, interval 0.6786…0.8154, basis 'enough'
 */
export function shareOf(part: number, whole: number, least = leastForShare): Share {
  counted(part, 'part')
  counted(whole, 'whole')
  if (part > whole) throw new RangeError(`share: ${part} of ${whole}`)
  if (whole === 0) return { part, whole, share: null, interval: null, basis: 'none' }
  return { part, whole, share: part / whole, interval: wilsonInterval(part, whole), basis: whole < least ? 'few' : 'enough' }
}

/** A count as it is, or a RangeError: counts come from our own database, so anything else is a mistake in the program. */
export function counted(value: number, what: string): number {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${what}: ${value} is not a whole number of at least 0`)
  return value
}

/** A size such as orders or days, 0 or more, or a RangeError. */
export function sized(value: number, what: string): number {
  if (!Number.isFinite(value) || value < 0) throw new RangeError(`${what}: ${value} is not a number of at least 0`)
  return value
}
