import { sql } from 'kysely'
import type { Reach } from '#platform/context.ts'
import type { Place } from '#platform/cursor.ts'
import type { Db } from '#platform/database/connection.ts'
import type { DuplicateReason } from '../domain/duplicates.ts'
import { seenWithin } from './list-narrowing.ts'

export const pairStates = ['open', 'later', 'different', 'same'] as const
export type PairState = (typeof pairStates)[number]

/** One of the two of a pair, as much as is needed to tell them apart. */
export interface PairSide {
  readonly id: string
  readonly name: string
  readonly company: string | null
  readonly email: string | null
  readonly phone: string | null
  /** Further e-mail addresses and telephone numbers, which are compared as well. */
  readonly further: readonly string[]
  readonly city: string | null
  readonly birthday: string | null
  readonly ownerId: string | null
  readonly orders: number
  readonly externalKey: string | null
}
export interface DuplicatePair {
  readonly one: PairSide
  readonly other: PairSide
  readonly score: number
  readonly reasons: readonly DuplicateReason[]
  readonly state: PairState
  readonly foundAt: Date
}

const side = (
  table: string,
  book: string,
) => sql`json_build_object('id', ${sql.ref(`${table}.customer_id`)}, 'name', ${sql.ref(`${table}.name`)}, 'company', ${sql.ref(`${table}.company`)},
  'further', array(select p.value from customers.contact_point p where p.customer_id = ${sql.ref(`${table}.customer_id`)} and p.person_id is null and p.value is not null
    and p.kind in ('email', 'phone') order by p.created_at, p.id), 'email', ${sql.ref(`${table}.email`)}, 'phone', ${sql.ref(`${table}.phone`)}, 'city', ${sql.ref(`${table}.city`)}, 'birthday', ${sql.ref(`${table}.birthday`)},
  'ownerId', ${sql.ref(`${table}.owner_id`)}, 'orders', coalesce(${sql.ref(`${book}.orders`)}, 0), 'externalKey', ${sql.ref(`${table}.external_key`)})`

/** Pairs of a state with both in reach, the likeliest first, behind a place (score, id, other id). Pairs of whom one is no more are passed over. */
export async function listPairs(
  db: Db,
  ask: { state: PairState; of?: string | undefined; reach: Reach; after: Place | null; limit: number },
): Promise<readonly DuplicatePair[]> {
  const { reach, after, of } = ask
  const seen = await seenWithin(db, reach)
  const { rows } = await sql<DuplicatePair>`
    select ${side('a', 'x')} as one, ${side('b', 'y')} as other, d.score::float8 as score, d.reasons, d.state, d.found_at as "foundAt"
    from customers.duplicate d join customers.customer a on a.customer_id = d.customer_id join customers.customer b on b.customer_id = d.other_id
    left join customers.book x on x.customer_id = a.customer_id left join customers.book y on y.customer_id = b.customer_id
    where d.state = ${ask.state} and ${seen('d.customer_id')} and ${seen('d.other_id')}
      ${of === undefined ? sql`` : sql`and (d.customer_id = ${of}::uuid or d.other_id = ${of}::uuid)`}
      ${after === null ? sql`` : sql`and (d.score, d.customer_id, d.other_id) < (${after[0]}::text::real, ${after[1]}::uuid, ${after[2]}::uuid)`}
    order by d.score desc, d.customer_id desc, d.other_id desc limit ${sql.lit(ask.limit)}`.execute(db)
  return rows
}

/** How alike two are who were put together; null where they are not any more. */
export async function scoreOfPair(db: Db, [id, otherId]: readonly [string, string]): Promise<number | null> {
  const { rows } = await sql<{ score: number }>`
    select score::float8 as score from customers.duplicate where customer_id = ${id}::uuid and other_id = ${otherId}::uuid`.execute(db)
  return rows[0]?.score ?? null
}
