import { copyOut } from '#platform/database/binary-copy.ts'
import type { Db } from '#platform/database/connection.ts'
import { productsSold } from '../domain/lines.ts'

/**
 * The products of purchases, ascending by customer: `visit` gets the customer's sixteen bytes (valid until the next order), the day (days since 1970-01-01)
 * and the codes. `ids` are all customers, sixteen bytes each. With more than `cap` of them a share is read, chosen by their ids, which are spread evenly: the same
 * every time. Those few are looked up by key; a condition on the id would be worked out for every order there is. Returns that share.
 */
export async function readBaskets(
  db: Db,
  options: { readonly ids: Uint8Array; readonly cap: number },
  visit: (customerId: Uint8Array, day: number, products: readonly string[]) => void,
): Promise<number> {
  const share = Math.min(1, options.cap / Math.max(1, options.ids.length / 16))
  const bound = Math.floor(share * 65_536)
  const where = share < 1 ? `and customer_id = any('{${idsBelow(options.ids, bound).join()}}'::uuid[])` : ''
  await copyOut(
    db,
    `select customer_id, day, lines from orders.purchase where counted ${where} order by customer_id, day, id`,
    3,
    (bytes, start, length) => {
      const products = productsSold(bytes.toString('utf8', start[2]!, start[2]! + length[2]!))
      if (products.length > 0) visit(bytes.subarray(start[0]!, start[0]! + 16), bytes.readInt32BE(start[1]!) + 10_957, products)
    },
  )
  return share < 1 ? bound / 65_536 : 1
}

/** Derived and time-ordered ids both end in evenly spread bytes: those whose last two make a number below the bound. */
function idsBelow(ids: Uint8Array, bound: number): string[] {
  const found: string[] = []
  const bytes = Buffer.from(ids.buffer, ids.byteOffset, ids.length)
  for (let at = 0; at < bytes.length; at += 16) if (bytes.readUInt16BE(at + 14) < bound) found.push(bytes.toString('hex', at, at + 16))
  return found
}
