import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import { isTree, otherSide, type RelationKind, type RelationSide } from '../domain/relation.ts'
import { changeLists, type RecordedChange } from './changes.ts'

export interface Relation {
  readonly id: string
  readonly kind: RelationKind
  readonly side: RelationSide
  readonly note: string | null
  readonly otherId: string
  readonly otherName: string
  readonly otherCity: string | null
}

/** A customer's relations to others who are there, by kind and name. */
export async function listRelations(db: Db, customerId: string): Promise<readonly Relation[]> {
  const { rows } = await sql<Relation>`
    select r.id, r.kind, r.side, r.note, r.other_id as "otherId", c.name as "otherName", c.city as "otherCity"
    from customers.relation r join customers.customer c on c.customer_id = r.other_id
    where r.customer_id = ${customerId} order by r.kind, r.side, c.name_key, r.id`.execute(db)
  return rows
}

/** Nobody else changes relations until the end of the transaction: a circle closes between rows of several customers, which no lock of one of them prevents. */
export async function lockRelations(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(${7_201_308})`.execute(db)
}

export interface Around {
  readonly related: boolean
  readonly present: string | null
  readonly above: readonly string[]
}

/** What is to be known before two customers are related. */
export async function aroundRelation(db: Db, kind: RelationKind, first: string, second: string): Promise<Around> {
  const { rows } = await sql<{ otherId: string; side: RelationSide }>`
    select other_id as "otherId", side from customers.relation where customer_id = ${second} and kind = ${kind}`.execute(db)
  const related = rows.some(({ otherId }) => otherId === first)
  const present = rows.find(({ side }) => side === 'second')?.otherId ?? null
  const above: string[] = []
  for (let at: string | undefined = isTree(kind) ? first : undefined; at !== undefined && above.length < 1000; ) {
    at = await firstOf(db, kind, at)
    if (at !== undefined) above.push(at)
  }
  return { related, present, above }
}

async function firstOf(db: Db, kind: RelationKind, customerId: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select other_id as id from customers.relation where customer_id = ${customerId} and kind = ${kind} and side = 'second' limit 1`.execute(
    db,
  )
  return rows[0]?.id
}

export interface NewRelation {
  readonly id: string
  readonly kind: RelationKind
  readonly first: string
  readonly second: string
  readonly note: string | null
}

/** Writes both sides, ascending by customer, each with its history. `changes` are those of the first and of the second. */
export async function insertRelation(
  db: Db,
  { id, kind, first, second, note }: NewRelation,
  changes: { readonly first: RecordedChange; readonly second: RecordedChange },
  by: string,
  now: Date,
): Promise<void> {
  for (const [customerId, side] of bothSides(first, second)) {
    await sql`
      with written as (
        insert into customers.relation (customer_id, id, kind, side, other_id, note, created_at, created_by)
        values (${customerId}, ${id}, ${kind}, ${side}, ${side === 'first' ? second : first}, ${note}, ${now}, ${by}) returning customer_id
      )
      insert into customers.change (customer_id, id, field, before, after, changed_at, changed_by)
      select written.customer_id, x.*, ${now}::timestamptz, ${by} from written cross join ${changeLists([changes[side]])}`.execute(db)
  }
}

export async function deleteRelation(
  db: Db,
  { id, first, second }: Pick<NewRelation, 'id' | 'first' | 'second'>,
  changes: { readonly first: RecordedChange; readonly second: RecordedChange },
  by: string,
  now: Date,
): Promise<void> {
  for (const [customerId, side] of bothSides(first, second)) {
    await sql`
      with written as (delete from customers.relation where customer_id = ${customerId} and id = ${id} returning customer_id)
      insert into customers.change (customer_id, id, field, before, after, changed_at, changed_by)
      select written.customer_id, x.*, ${now}::timestamptz, ${by} from written cross join ${changeLists([changes[side]])}`.execute(db)
  }
}

const bothSides = (first: string, second: string): readonly (readonly [string, RelationSide])[] =>
  first < second
    ? [
        [first, 'first'],
        [second, otherSide('first')],
      ]
    : [
        [second, 'second'],
        [first, otherSide('second')],
      ]
