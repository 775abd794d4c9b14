import type { Db } from '#platform/database/connection.ts'
import { packId, unpackId } from '#platform/packed-id.ts'
import { netOf, type Sums } from '../domain/order.ts'
import { notedAmong } from '../store/order-parts.ts'
import { type ExistingOrder, ordersByIds, ordersOfCustomers } from '../store/write-purchases.ts'
import type { LoadOrder } from './apply-part.ts'
import type { ArrangedPart } from './part.ts'

/** What comparing orders with what is there finds. */
export interface PartCounts {
  readonly new: number
  readonly changed: number
  readonly unchanged: number
  readonly conflicting: number
}

/** Orders of a part by what is to be done with them; places in the part. */
export interface Compared {
  readonly fresh: Uint32Array
  readonly changed: readonly number[]
  readonly conflicting: readonly number[]
  /** Orders that lie with another customer now and move. */
  readonly moved: readonly ExistingOrder[]
  /** Packed ids of customers who had orders before. */
  readonly known: ReadonlySet<string>
  readonly counts: PartCounts
}

/** What the orders of a file come to, whether they are new or not. */
export interface Tally {
  orders: number
  refunds: number
  netMinor: number
}

export function tally(totals: Tally, sums: Sums): void {
  totals.orders++
  if (sums.refundMinor > 0) totals.refunds++
  totals.netMinor += netOf(sums)
}

function all(orders: number): Uint32Array {
  const places = new Uint32Array(orders)
  for (let order = 0; order < orders; order++) places[order] = order
  return places
}

/** Compares the orders of a part with what is there. `alone`: there is nothing, so that only the writing needs to look at them. */
export async function comparePart(
  db: Db,
  part: ArrangedPart,
  load: LoadOrder,
  options: { readonly alone: boolean; readonly conflict: string },
  totals: Tally,
): Promise<Compared> {
  if (options.alone)
    return {
      fresh: all(part.orders),
      changed: [],
      conflicting: [],
      moved: [],
      known: new Set(),
      counts: { new: part.orders, changed: 0, unchanged: 0, conflicting: 0 },
    }
  const idText = (bytes: Buffer, i: number) => unpackId(bytes.toString('latin1', i * 16, i * 16 + 16))
  const existing = await ordersOfCustomers(
    db,
    Array.from({ length: part.customers }, (_, customer) => idText(part.customerIds, customer)),
  )
  const known = new Set(existing.map((order) => packId(order.customerId)))
  const here = new Map(existing.map((order) => [packId(order.customerId) + packId(order.id), order]))
  const handWins = options.conflict === 'hand'
  const fresh: number[] = []
  const changed: number[] = []
  const conflicting: number[] = []
  let unchanged = 0
  for (let order = 0; order < part.orders; order++) {
    const { fingerprint, sums } = load(part, order)
    tally(totals, sums)
    const at = part.customerOf[order]! * 16
    const old = here.get(part.customerIds.toString('latin1', at, at + 16) + part.orderIds.toString('latin1', order * 16, order * 16 + 16))
    if (!old) fresh.push(order)
    else if (old.fingerprint === fingerprint) unchanged++
    else if (old.byHand && handWins) conflicting.push(order)
    else changed.push(order)
  }
  const elsewhere = await ordersByIds(
    db,
    fresh.map((order) => idText(part.orderIds, order)),
  )
  // An order that was changed by hand, or on which somebody noted something, stays with its customer, as everything else about it.
  const noted = handWins ? await notedAmong(db, elsewhere) : new Set()
  const staying = new Set(elsewhere.filter((order) => handWins && (order.byHand || noted.has(order.id))).map((order) => order.id))
  const moved = elsewhere.filter((order) => !staying.has(order.id))
  const stays = (order: number) => staying.size > 0 && staying.has(idText(part.orderIds, order))
  const kept = fresh.filter((order) => !stays(order))
  conflicting.push(...fresh.filter(stays))
  return {
    fresh: Uint32Array.from(kept),
    changed,
    conflicting,
    moved,
    known,
    counts: { new: kept.length - moved.length, changed: changed.length + moved.length, unchanged, conflicting: conflicting.length },
  }
}
