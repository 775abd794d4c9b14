import { sql } from 'kysely'
import type { Db } from '../database/connection.ts'
import type { SealedRow, Trail } from './block-hash.ts'

/** The table of each chain. */
export const tableOf = { fact: 'platform.fact', read: 'platform.personal_read' } as const satisfies Record<Trail, string>

export interface StoredRow extends SealedRow {
  readonly block: number | null
  /** The personal part as the database writes it, and its salt; both null where there is none, or where it was erased. */
  readonly personal: string | null
  readonly personalSalt: Buffer | null
}

/** Microseconds since 1970, exactly. */
export const micros = (column: string) => sql<string>`(extract(epoch from ${sql.ref(column)}) * 1000000)::bigint::text`

/** Rows that no block has sealed yet, oldest first. */
export async function unsealedRows(db: Db, trail: Trail, limit: number): Promise<readonly StoredRow[]> {
  const { rows } = await sql<StoredRow>`${columnsOf(trail)} where block is null order by id limit ${limit}`.execute(db)
  return rows
}

/** Sealed rows in the order of the chain, behind the given one. */
export async function sealedRows(db: Db, trail: Trail, after: { block: number; id: string }, limit: number): Promise<readonly StoredRow[]> {
  const { rows } = await sql<StoredRow>`
    ${columnsOf(trail)} where (block, id) > (${after.block}::bigint, ${after.id}::bigint) order by block, id limit ${limit}`.execute(db)
  return rows
}

const columnsOf = (trail: Trail) => sql`
  select id::text as id, ${micros('occurred_at')} as at, name, customer_id as "customerId", actor, payload::text as payload,
    personal_hash as "personalHash", personal::text as personal, personal_salt as "personalSalt", block
  from ${sql.table(tableOf[trail])}`
