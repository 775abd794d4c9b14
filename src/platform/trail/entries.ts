import { type SqlBool, sql } from 'kysely'
import type { Db } from '../database/connection.ts'
import type { Trail } from './block-hash.ts'
import { tableOf } from './rows.ts'

/** One row of the trail as people look at it. */
export interface TrailEntry {
  readonly id: string
  readonly at: Date
  readonly name: string
  readonly actor: string
  readonly customerId: string | null
  /** What was announced, with the personal part in it where that is still there. */
  readonly values: Readonly<Record<string, unknown>>
  /** The personal part was blanked by an erasure. */
  readonly erased: boolean
  /** The block that sealed it; null for the few seconds before. */
  readonly block: number | null
}

export interface TrailFilter {
  readonly actor?: string | undefined
  readonly name?: string | undefined
  readonly customerId?: string | undefined
  readonly from?: Date | undefined
  readonly before?: Date | undefined
}

export interface TrailPlace {
  readonly at: Date
  readonly id: string
}

/** Newest first, behind the given place. */
export async function trailEntries(
  db: Db,
  trail: Trail,
  filter: TrailFilter,
  place: TrailPlace | null,
  limit: number,
): Promise<TrailEntry[]> {
  const conditions = [
    ...(filter.actor === undefined ? [] : [sql<SqlBool>`actor = ${filter.actor}`]),
    ...(filter.name === undefined ? [] : [sql<SqlBool>`name = ${filter.name}`]),
    ...(filter.customerId === undefined ? [] : [sql<SqlBool>`customer_id = ${filter.customerId}`]),
    ...(filter.from === undefined ? [] : [sql<SqlBool>`occurred_at >= ${filter.from}`]),
    ...(filter.before === undefined ? [] : [sql<SqlBool>`occurred_at < ${filter.before}`]),
    ...(place === null ? [] : [sql<SqlBool>`(occurred_at, id) < (${place.at}, ${place.id}::bigint)`]),
  ]
  const { rows } = await sql<TrailEntry>`
    select id::text as id, occurred_at as at, name, actor, customer_id as "customerId", payload || coalesce(personal, '{}') as values,
      personal is null and personal_hash is not null as erased, block
    from ${sql.table(tableOf[trail])}
    where ${conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `)}
    order by occurred_at desc, id desc limit ${limit}`.execute(db)
  return rows
}

/** Every name that stands in a chain, each found by one step in the index. */
export async function namesInTrail(db: Db, trail: Trail): Promise<string[]> {
  const table = sql.table(tableOf[trail])
  const { rows } = await sql<{ name: string }>`
    with recursive names(name) as (
      (select name from ${table} order by name limit 1)
      union all
      select (select t.name from ${table} t where t.name > names.name order by t.name limit 1) from names where names.name is not null
    ) select name from names where name is not null`.execute(db)
  return rows.map((row) => row.name)
}
