import { createReadStream, createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import copyStreams from 'pg-copy-streams'
import { clientOf, withTransaction } from '#platform/database/connection.ts'
import type { Bench, Observed } from '../bench.ts'

interface Filled {
  readonly schema: string
  readonly name: string
  readonly path: string
  /** As PostgreSQL writes them, for a table of another name. */
  readonly indexes: readonly string[]
}

/**
 * What the database server alone needs to take in everything that an import of orders has just written: the finished rows of every table that it filled, in binary form and in the order in which they lie, and then
 * the same indexes. No file is read, nothing is judged, no id is made: what is left of an import where the product itself costs nothing.
 */
export async function serverAlone(bench: Bench): Promise<Observed<unknown>> {
  const tables = await filledTables(bench)
  try {
    return await bench.observe(async () => {
      for (const table of tables) await takeIn(bench, table)
      for (const { indexes } of tables) for (const index of indexes) await sql.raw(index).execute(bench.database.db)
    })
  } finally {
    for (const { name, path } of tables) {
      await rm(path, { force: true })
      await sql`drop table if exists ${sql.id(`floor_${name}`)}`.execute(bench.database.db)
    }
  }
}

/** Tables of customers and orders with at least a thousand rows, written to files. */
async function filledTables(bench: Bench): Promise<Filled[]> {
  const { db } = bench.database
  await sql`analyze`.execute(db)
  const { rows } = await sql<{ schema: string; name: string; indexes: string[] }>`
    select n.nspname as schema, c.relname as name,
      coalesce((select array_agg(pg_get_indexdef(i.indexrelid)) from pg_index i where i.indrelid = c.oid), '{}') as indexes
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('customers', 'orders') and c.relkind = 'r' and c.reltuples >= 1000 order by c.reltuples`.execute(db)
  const tables: Filled[] = []
  for (const { schema, name, indexes } of rows) {
    const path = join(bench.folder, `${schema}.${name}`)
    await withTransaction(bench.database, async (own) => {
      const out = clientOf(own).query(copyStreams.to(`copy ${schema}.${name} to stdout (format binary)`))
      await pipeline(out, createWriteStream(path))
    })
    await sql`create table ${sql.id(`floor_${name}`)} (like ${sql.id(schema, name)} including defaults including constraints)`.execute(db)
    const elsewhere = indexes.map((index) => index.replace(/INDEX \S+ ON (ONLY )?\S+/, () => `INDEX ON floor_${name}`))
    tables.push({ schema, name, path, indexes: elsewhere })
  }
  return tables
}

async function takeIn({ database }: Bench, { name, path }: Filled): Promise<void> {
  await withTransaction(database, async (db) => {
    const copy = clientOf(db).query(copyStreams.from(`copy floor_${name} from stdin (format binary)`))
    await pipeline(createReadStream(path, { highWaterMark: 1 << 18 }), copy)
  })
}
