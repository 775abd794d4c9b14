import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { archivedTables, leftOut } from '#platform/backup/tables.ts'
import type { Db } from '#platform/database/connection.ts'

/** One hash per table over its rows in order, besides what only one of two databases can have. */
export async function tableHashes(db: Db): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const { name, columns } of await archivedTables(db)) {
    if (leftOut.has(name)) continue
    const [schema, table] = name.split('.')
    const row = sql.raw(columns.map((column) => `coalesce(t."${column}"::text, '∅')`).join(` || '|' || `))
    const { rows } = await sql<{ hash: string }>`
      select count(*) || ' ' || coalesce(md5(string_agg(md5(${row}), '' order by md5(${row}) collate "C")), '') as hash
      from ${sql.id(schema!, table!)} t ${name === 'platform.fact' ? sql`where name not in ('platform.restored')` : sql``}`.execute(db)
    found[name] = rows[0]!.hash
  }
  return found
}

/** The same once the jobs that a write woke have done their work. */
export async function tableHashesAtRest(db: Db): Promise<Record<string, string>> {
  for (let last = '', i = 0; i < 60; i++) {
    const now = await tableHashes(db)
    if (JSON.stringify(now) === last) return now
    last = JSON.stringify(now)
    await sleep(4000)
  }
  throw new Error('The database did not come to rest')
}
