import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'

/**
 * One lock for all customers, because rows of many customers cannot be locked at once where the tables are distributed. Who writes about a customer shares it; who takes customers away
 * has it alone, for one short transaction. So nobody is taken away while something is written about them that the other cannot see yet.
 */
export async function keepFromRemoval(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${lock})`.execute(db)
}

export async function lockForRemoval(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lock})`.execute(db)
}

const lock = 7_201_307
