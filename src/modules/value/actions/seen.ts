import { customerNames, customersWithin } from '#modules/customers/public.ts'
import type { Context } from '#platform/context.ts'
import { cursorOf, placeOf } from '#platform/cursor.ts'
import type { MomentPlace } from '../store/observations.ts'

/** Of how many at a time those are looked for who sees only some. */
const lookedAt = 500

interface AboutCustomer {
  readonly customerId: string
}

/**
 * One page of a list about customers, of whom somebody sees only some, with their names. It ends with something they see, so that its cursor tells nothing of what lies between; only where a whole stretch held too
 * little does it end with what was looked at last.
 */
export async function pageSeen<T extends AboutCustomer>(
  { db, reach }: Context,
  asked: { readonly cursor: string | undefined; readonly limit: number },
  read: (after: MomentPlace | null, limit: number) => Promise<readonly T[]>,
  place: (last: T) => MomentPlace,
): Promise<{ readonly items: (T & { readonly customerName: string })[]; readonly next: string | null }> {
  const { limit, cursor } = asked
  const size = reach === 'all' ? limit + 1 : Math.max(lookedAt, limit + 1)
  const rows = await read(cursor === undefined ? null : placeIn(cursor), size)
  const ids = [...new Set(rows.map(({ customerId }) => customerId))]
  const within = await customersWithin(db, ids, reach)
  const seen = rows.filter(({ customerId }) => within.has(customerId))
  const shown = seen.slice(0, limit)
  const last = seen.length > limit ? shown.at(-1) : rows.length === size ? rows.at(-1) : undefined
  const names = await customerNames(db, [...new Set(shown.map(({ customerId }) => customerId))])
  const { at, id } = last ? place(last) : { at: null, id: null }
  return {
    items: shown.map((one) => ({ ...one, customerName: names.get(one.customerId) ?? '' })),
    next: at ? cursorOf([at.toISOString(), id]) : null,
  }
}

function placeIn(cursor: string): MomentPlace {
  const [at, id] = placeOf(cursor, ['instant', 'uuid'])
  return { at: new Date(String(at)), id: String(id) }
}
