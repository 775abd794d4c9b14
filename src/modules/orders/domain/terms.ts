import type { Line } from './lines.ts'

/** The seven things that a sales contract settles, by which a delivery is held against it. */
export const termNames = ['quantity', 'grade', 'specification', 'deliveryTime', 'deliveryPlace', 'settlement', 'tradeTerms'] as const
export type TermName = (typeof termNames)[number]

/** Quantity, grade and specification of one line of an order, as promised or as delivered. Quantities are decimal texts of at most six places; null: nothing was said. */
export interface LineTerms {
  /** The place of the line in its order, from 1. */
  readonly place: number
  readonly quantity: string | null
  readonly grade: string | null
  readonly specification: string | null
}

/** What is said of an order as a whole, by the contract or by what came. */
interface Said {
  readonly quantity: string | null
  readonly grade: string | null
  readonly specification: string | null
  readonly deliveryPlace: string | null
  readonly settlement: string | null
  readonly tradeTerms: string | null
  readonly lines: readonly LineTerms[]
}

/** What was promised for an order. Days are texts of the form 2026-03-01. */
export interface Terms extends Said {
  readonly promisedDay: string | null
  /** By which way the customer pays; it is no term that could be broken. */
  readonly payment: string | null
}

/** What came on a day. Of one that more is to follow, the order is not fulfilled yet. */
export interface Delivery extends Said {
  readonly day: string
  readonly moreFollows: boolean
}

/** What can happen to goods on their way: damaged, lost, spoilt, or badly packed and handled. */
export const freightKinds = ['damage', 'loss', 'deterioration', 'handling'] as const
export type FreightKind = (typeof freightKinds)[number]

export const noTerms: Terms = {
  quantity: null,
  grade: null,
  specification: null,
  promisedDay: null,
  deliveryPlace: null,
  settlement: null,
  tradeTerms: null,
  payment: null,
  lines: [],
}

/** The day on which the last of an order had come: that of its latest delivery, unless that one says that more follows. Null while something is awaited. */
export function deliveredOn(deliveries: readonly Pick<Delivery, 'day' | 'moreFollows'>[]): string | null {
  const last = inOrder(deliveries).at(-1)
  return last && !last.moreFollows ? last.day : null
}

/** By day; of one day the one that says that more follows comes first. */
export const inOrder = <D extends Pick<Delivery, 'day' | 'moreFollows'>>(deliveries: readonly D[]): D[] =>
  deliveries.toSorted((a, b) => (a.day === b.day ? Number(b.moreFollows) - Number(a.moreFollows) : a.day < b.day ? -1 : 1))

/** A line that says nothing besides its place says nothing at all. */
export const saidLines = (lines: readonly LineTerms[]): LineTerms[] =>
  lines
    .filter(({ quantity, grade, specification }) => quantity !== null || grade !== null || specification !== null)
    .toSorted((a, b) => a.place - b.place)

/**
 * Where the lines of an order stand after it was changed: the new place of each old one, found by the same kind, product and name, first come first served, a line on its old place before others. Lines that are no more
 * lead nowhere, and what was said of them goes with them.
 */
export function newPlaces(before: readonly Line[], after: readonly Line[]): ReadonlyMap<number, number> {
  const nameOf = ({ kind, product, name }: Line) => JSON.stringify([kind, product, name])
  const places = new Map<number, number>()
  const taken = new Set<number>()
  const settle = (from: number, to: number) => {
    places.set(from + 1, to + 1)
    taken.add(to)
  }
  before.forEach((line, i) => {
    if (after[i] && nameOf(after[i]) === nameOf(line)) settle(i, i)
  })
  before.forEach((line, i) => {
    if (places.has(i + 1)) return
    const there = after.findIndex((other, j) => !taken.has(j) && nameOf(other) === nameOf(line))
    if (there >= 0) settle(i, there)
  })
  return places
}

/** What was said of lines, at the places where they stand now. */
export const movedLines = (lines: readonly LineTerms[], places: ReadonlyMap<number, number>): LineTerms[] =>
  lines
    .flatMap((line) => (places.has(line.place) ? [{ ...line, place: places.get(line.place)! }] : []))
    .toSorted((a, b) => a.place - b.place)
