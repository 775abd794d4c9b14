import { customerOwners, customersOfOwner, customersWithin } from '#modules/customers/public.ts'
import type { Context } from '#platform/context.ts'
import type { CaseRow } from '../store/cases.ts'

type Row = Pick<CaseRow, 'customerId'>

/** Who looks after the customers of some cases, by customer: only of those whom whoever asks sees in the archive. */
export async function managersOf({ db, actor, reach }: Context, rows: readonly Row[]): Promise<ReadonlyMap<string, string>> {
  if (!actor.can('customers.read') || rows.length === 0) return new Map()
  // Who may see a case need not see its customer, nor does whoever sees cases of all see everybody in the archive.
  const here = await customersWithin(db, [...new Set(rows.map(({ customerId }) => customerId))], reach)
  const seen = await customersWithin(db, [...here], actor.reach('customers.read'))
  const owners = await customerOwners(db, [...seen])
  return new Map([...owners].flatMap(([id, { ownerId }]) => (ownerId === null ? [] : [[id, ownerId] as const])))
}

/** Those of some cases that are about customers whom somebody looks after, as far as whoever asks may know. */
export async function lookedAfterBy<R extends Row>(context: Context, managerId: string, rows: readonly R[]): Promise<readonly R[]> {
  const managers = await managersOf(context, rows)
  return rows.filter(({ customerId }) => managers.get(customerId) === managerId)
}

/** Whoever looks after more has cases so densely that a list finds them by itself. */
const mostNamed = 5_000

/** The customers of an account manager, where they are few enough to be named: cases of a few are found by them, not by looking at everybody's. */
export async function fewCustomersOf({ db }: Pick<Context, 'db'>, managerId: string): Promise<readonly string[] | null> {
  const ids = await customersOfOwner(db, managerId, mostNamed + 1)
  return ids.length > mostNamed ? null : ids
}
