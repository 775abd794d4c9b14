import { productsByCode, readBaskets } from '#modules/orders/public.ts'
import { type Database, type Db, withTransaction } from '#platform/database/connection.ts'
import { affinity, defaultAffinityOptions, type ItemPair } from '../domain/affinity.ts'
import { BasketSample } from '../domain/basket-sample.ts'
import { type ItemNeighbours, itemNeighbours } from '../domain/next-products.ts'
import { type ProductNeighbours, replaceProductAffinity } from '../store/product-affinity.ts'

/** Baskets of no more customers than this are looked at; what is bought together shows in a sample as well. */
const customersLookedAt = 20_000
/** Neighbours kept per product. */
const kept = 20

export interface FoundAffinity {
  readonly report: unknown
  /** Puts the neighbours in place; in the transaction that puts the figures in place. */
  save(db: Db): Promise<void>
}

/** What is bought together, and which products the same customers buy; `ids` are all customers, sixteen bytes each; it ends early once `over` fires. Screens read what this leaves and never the orders. */
export async function affinityOfBook(database: Database, ids: Uint8Array, over: AbortSignal): Promise<FoundAffinity> {
  const sample = new BasketSample()
  let current: Buffer | undefined
  const share = await withTransaction(
    database,
    (db) =>
      readBaskets(db, { ids, cap: customersLookedAt }, (id, _day, products) => {
        over.throwIfAborted()
        const same = current?.equals(id) === true
        if (!same) current = Buffer.from(id)
        sample.add(products, !same)
      }),
    { readOnly: true },
  )
  over.throwIfAborted()
  const found = affinity(sample.baskets, defaultAffinityOptions)
  const neighbours = itemNeighbours(sample.customers, kept)
  const codes = [...new Set([...found.bySupport, ...found.byLift].flatMap((pair) => [pair.a, pair.b]))].map(
    (item) => sample.products[item]!,
  )
  const names = await productsByCode(database.db, codes)
  const named = ({ a, b, ...figures }: ItemPair) => ({
    a: sample.products[a]!,
    b: sample.products[b]!,
    aName: names.get(sample.products[a]!)?.name ?? null,
    bName: names.get(sample.products[b]!)?.name ?? null,
    ...figures,
  })
  return {
    report: {
      baskets: found.baskets,
      products: sample.products.length,
      limited: share < 1,
      skipped: found.skipped,
      bySupport: found.bySupport.map(named),
      byLift: found.byLift.map(named),
    },
    save: (db) => replaceProductAffinity(db, rowsOf(sample.products, neighbours)),
  }
}

const rowsOf = (products: readonly string[], { start, items, cosine, popularity }: ItemNeighbours): ProductNeighbours[] =>
  products.map((product, item) => ({
    product,
    customers: popularity[item]!,
    neighbours: Array.from({ length: start[item + 1]! - start[item]! }, (_, k) => [
      products[items[start[item]! + k]!]!,
      Math.round(cosine[start[item]! + k]! * 1e6) / 1e6,
    ]),
  }))
