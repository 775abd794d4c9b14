import { customersWithin } from '#modules/customers/public.ts'
import type { Context } from '#platform/context.ts'
import { cursorOf } from '#platform/cursor.ts'

/** So many rows are looked at for one page of somebody who sees only some customers: the page may hold few or none, and its cursor goes on behind the last looked at. */
const lookedAt = 2000

/** How many rows of everybody a page of `limit` is cut from. */
export const rowsToLookAt = ({ reach }: Context, limit: number): number => (reach === 'all' ? limit + 1 : lookedAt)

/** The rows of a page that are about customers within reach, and the cursor of the next. `rows` are as many as `rowsToLookAt` says, in the order of the list. */
export async function pageWithinReach<R extends { readonly customerId: string }>(
  context: Context,
  rows: readonly R[],
  limit: number,
  placeIn: (row: R) => readonly (string | number)[],
): Promise<{ readonly shown: readonly R[]; readonly next: string | null }> {
  const { db, reach } = context
  const within = reach === 'all' ? null : await customersWithin(db, [...new Set(rows.map(({ customerId }) => customerId))], reach)
  const seen = within ? rows.filter(({ customerId }) => within.has(customerId)) : rows
  const shown = seen.slice(0, limit)
  const last = seen.length > limit ? shown.at(-1) : within && rows.length === lookedAt ? rows.at(-1) : undefined
  return { shown, next: last ? cursorOf(placeIn(last)) : null }
}
