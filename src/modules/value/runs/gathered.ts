import { visitDays } from '#modules/orders/public.ts'
import { indexIds } from '../domain/id-index.ts'
import { emptyFormer, type FormerFigures } from '../domain/material-change.ts'
import type { PackedLists } from '../domain/packed-lists.ts'
import { tierReasons } from '../domain/tier-reason.ts'
import { tierOfCode } from '../domain/tiers.ts'
import { addCustomer, type CustomerFacts, openBook, type ValuationBook } from '../domain/valuation-book.ts'
import type { ValuationSettings } from '../domain/valuation-settings.ts'
import { noEnd } from '../store/decisions.ts'

/** What a valuation reads about its customers, one place per customer, ascending by id. */
export interface Gathered {
  readonly count: number
  readonly ids: Uint8Array
  /** Finds a customer's place by id. */
  readonly place: (bytes: Uint8Array, at: number) => number
  readonly lists: PackedLists
  readonly profiling: Uint8Array
  readonly costToServe: Float64Array
  readonly overrideTier: Uint8Array
  readonly overrideUntil: Int32Array
  readonly strategic: Uint8Array
  readonly former: FormerFigures
}

/** Room for the customers whose ids are given; everything about them is still unknown. */
export function gatherFor(ids: Uint8Array, lists: PackedLists): Gathered {
  const count = ids.length / 16
  return {
    count,
    ids,
    place: indexIds(ids),
    lists,
    profiling: new Uint8Array(count).fill(1),
    costToServe: new Float64Array(count),
    overrideTier: new Uint8Array(count),
    overrideUntil: new Int32Array(count).fill(noEnd),
    strategic: new Uint8Array(count),
    former: emptyFormer(count),
  }
}

/** Counts of orders that the day lists hold and the book's first and last day. */
export interface OrderSpan {
  /** Orders per customer, up to the day. */
  readonly orders: Int32Array
  readonly firstDay: number | null
  readonly lastDay: number | null
}

/** First and last day with an order, over all lists, and orders per customer up to a day (days since 1970). */
export function spanOf(lists: PackedLists, until = Number.POSITIVE_INFINITY): OrderSpan {
  const orders = new Int32Array(lists.count)
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  let customer = 0
  const visit = (day: number, count: number) => {
    if (count <= 0 || day > until) return
    orders[customer] = orders[customer]! + count
    if (day < first) first = day
    if (day > last) last = day
  }
  for (; customer < lists.count; customer++) lists.read(customer, (bytes, from, to) => visitDays(bytes, visit, from, to))
  return { orders, firstDay: Number.isFinite(first) ? first : null, lastDay: Number.isFinite(last) ? last : null }
}

const byHand = tierReasons.indexOf('by-hand')

/** Fills the book from what was gathered, in slices, drawing breath between them. */
export async function fillBook(
  gathered: Gathered,
  settings: ValuationSettings,
  firstDay: number | null,
  breathe: (done: number) => Promise<void>,
): Promise<ValuationBook> {
  const book = openBook(settings, gathered.count, firstDay)
  const facts: { -readonly [K in keyof CustomerFacts]: CustomerFacts[K] } = {
    costToServe: 0,
    formerTier: null,
    override: null,
    strategic: false,
    profiling: true,
  }
  const add = (bytes: Uint8Array, from: number, to: number) => addCustomer(book, bytes, facts, from, to)
  for (let i = 0; i < gathered.count; i++) {
    const override = tierOfCode(gathered.overrideTier[i]!)
    facts.costToServe = gathered.costToServe[i]!
    // A tier that was set by hand is no tier to hold on to once the decision has ended.
    const decided = gathered.former.tierReason[i] === byHand && override === null
    facts.formerTier = decided ? null : tierOfCode(gathered.former.tier[i]!)
    facts.override = override && { tier: override, untilDay: gathered.overrideUntil[i]! }
    facts.strategic = gathered.strategic[i] === 1
    facts.profiling = gathered.profiling[i] === 1
    gathered.lists.read(i, add)
    if (i % 50_000 === 49_999) await breathe(i + 1)
  }
  return book
}
