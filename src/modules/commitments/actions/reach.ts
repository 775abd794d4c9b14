import { customersWithin } from '#modules/customers/public.ts'
import type { Context, Reach } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'
import { refuse } from '#platform/refusal.ts'
import { type Commitment, whoseWork } from '../domain/commitment.ts'

/** The word for those who have no owner. */
const nobodys = 'nobody'

/** Whose accounts are asked for: one's own where nobody is named; null for those without an owner, whom only those see who see all. */
export function ownerAsked({ actor, reach }: Context, owner: string | undefined): string | null {
  const asked = owner === undefined ? actor.id : owner === nobodys ? null : owner
  if (reach !== 'all' && (asked === null || !reach.includes(asked)))
    throw refuse('forbidden', 'owner-out-of-reach', 'These customers are not yours to see')
  return asked
}

interface Owned {
  readonly customerId: string | null
  /** Whose work it is, or who noted it. */
  readonly ownerIds: readonly string[]
}

/** What of some commitments somebody sees who reaches so far. */
export const commitmentsWithin = (db: Db, reach: Reach, all: readonly Commitment[]): Promise<readonly Commitment[]> =>
  within(db, reach, all, (one) => ({ customerId: one.customerId, ownerIds: whoseWork(one) }))

/** Of how many at a time those are looked for who sees only some. */
const lookedAt = 500

/**
 * One page of a list of which somebody sees only some: it ends with something they see, so that its cursor tells nothing of what lies between. Only where a whole stretch held too little does it end
 * with what was looked at last.
 */
export async function pageSeen<T>(
  { reach }: Context,
  limit: number,
  read: (limit: number) => Promise<readonly T[]>,
  seen: (all: readonly T[]) => Promise<readonly T[]>,
): Promise<{ readonly shown: readonly T[]; readonly last: T | undefined }> {
  const size = reach === 'all' ? limit + 1 : Math.max(lookedAt, limit + 1)
  const rows = await read(size)
  const within = await seen(rows)
  const shown = within.slice(0, limit)
  return { shown, last: within.length > limit ? shown.at(-1) : rows.length === size ? rows.at(-1) : undefined }
}

/** Those that somebody sees who reaches so far: one of whose owners, or whose customer, is in reach. */
export async function within<T>(db: Db, reach: Reach, all: readonly T[], ownedOf: (one: T) => Owned): Promise<readonly T[]> {
  if (reach === 'all') return all
  const theirs = (one: T) => ownedOf(one).ownerIds.some((id) => reach.includes(id))
  const open = all.filter((one) => !theirs(one)).flatMap((one) => ownedOf(one).customerId ?? [])
  const customers = await customersWithin(db, [...new Set(open)], reach)
  return all.filter((one) => theirs(one) || customers.has(ownedOf(one).customerId ?? ''))
}
