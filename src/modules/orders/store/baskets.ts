import { copyOut } from '#platform/database/binary-copy.ts'
import type { Db } from '#platform/database/connection.ts'
import { productsSold } from '../domain/lines.ts'

/**
 * The products of purchases, ascending by customer: `visit` gets the customer's sixteen bytes (valid until the next order), the day (days since 1970-01-01)
 * and the codes. With more than `cap` customers a share of them is read, chosen by their ids, which are spread evenly: the same every time. Returns that share.
 */
export async function readBaskets(
  db: Db,
  options: { readonly customers: number; readonly cap: number },
  visit: (customerId: Uint8Array, day: number, products: readonly string[]) => void,
  afterChunk: (rows: number) => Promise<void> | void = () => {},
): Promise<number> {
  const share = Math.min(1, options.cap / Math.max(1, options.customers))
  const bound = Math.floor(share * 65_536)
  // Derived and time-ordered ids both end in evenly spread bytes.
  const where = share < 1 ? `and ('x' || right(customer_id::text, 4))::bit(16)::int < ${bound}` : ''
  await copyOut(
    db,
    `select customer_id, day, lines from orders.purchase where counted ${where} order by customer_id, day, id`,
    3,
    (bytes, start, length) => {
      const products = productsSold(bytes.toString('utf8', start[2]!, start[2]! + length[2]!))
      if (products.length > 0) visit(bytes.subarray(start[0]!, start[0]! + 16), bytes.readInt32BE(start[1]!) + 10_957, products)
    },
    afterChunk,
  )
  return share < 1 ? bound / 65_536 : 1
}
