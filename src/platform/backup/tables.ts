import { sql } from 'kysely'
import type { Db } from '../database/connection.ts'
import { readMigrations } from '../database/migrate.ts'

export interface ArchivedTable {
  /** schema.name */
  readonly name: string
  readonly columns: readonly string[]
}

/** Rows that belong to one running installation and not to its data: whoever restores a backup signs in anew, and no revoked session or old link comes back to life. */
export const leftOut = new Set([
  'platform.migration',
  'platform.session',
  'platform.verification',
  'platform.sign_in_attempt',
  'organization.first_administrator_token',
  // Hints for who was looking, in the numbers of one database.
  'platform.stream_event',
  'platform.stream_epoch',
])

/** The schemas that our migrations make. The queue's own is not among them: it is made anew at the next start, and what is due is found by queries of ours. */
export async function ownSchemas(): Promise<readonly string[]> {
  const made = (await readMigrations()).flatMap(({ sql: text }) =>
    [...text.matchAll(/^create schema (?:if not exists )?(\w+)/gim)].map((found) => found[1]!),
  )
  return ['platform', ...made]
}

/**
 * The tables of our schemas with the columns that are filled by whoever writes, in an order in which no row comes before one that it points to. A table whose name ends in `_next` is a replacement that
 * somebody is filling, and not yet data.
 */
export async function archivedTables(db: Db): Promise<readonly ArchivedTable[]> {
  const schemas = await ownSchemas()
  const { rows } = await sql<{ name: string; columns: string[] }>`
    select n.nspname || '.' || c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname = any(${schemas}) and c.relname not like '%\\_next'
    group by n.nspname, c.relname order by n.nspname, c.relname`.execute(db)
  const { rows: links } = await sql<{ from: string; to: string }>`
    select distinct fn.nspname || '.' || f.relname as from, tn.nspname || '.' || t.relname as to
    from pg_constraint k join pg_class f on f.oid = k.conrelid join pg_namespace fn on fn.oid = f.relnamespace
      join pg_class t on t.oid = k.confrelid join pg_namespace tn on tn.oid = t.relnamespace
    where k.contype = 'f'`.execute(db)
  const order = inOrder(
    rows.map((row) => row.name),
    links,
  )
  return order.map((name) => rows.find((row) => row.name === name)!)
}

/** Names in an order in which each comes behind those that it points to. Throws where some point to each other. Pure. */
export function inOrder(names: readonly string[], links: readonly { readonly from: string; readonly to: string }[]): readonly string[] {
  const waiting = new Map(
    names.map((name) => [
      name,
      new Set(links.filter((link) => link.from === name && link.to !== name && names.includes(link.to)).map((link) => link.to)),
    ]),
  )
  const done: string[] = []
  while (waiting.size > 0) {
    const next = [...waiting].find(([, to]) => to.size === 0)?.[0]
    if (next === undefined) throw new Error(`These tables point to each other in a circle: ${[...waiting.keys()].join(', ')}`)
    waiting.delete(next)
    for (const to of waiting.values()) to.delete(next)
    done.push(next)
  }
  return done
}

/** Every numbered column of our tables, with where its numbers have come to. */
export async function sequences(db: Db): Promise<readonly { table: string; column: string; value: number; used: boolean }[]> {
  const schemas = await ownSchemas()
  const { rows } = await sql<{ table: string; column: string; sequence: string }>`
    select n.nspname || '.' || c.relname as table, a.attname as column, pg_get_serial_sequence(format('%I.%I', n.nspname, c.relname), a.attname) as sequence
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where a.attidentity <> '' and not a.attisdropped and c.relkind in ('r', 'p') and n.nspname = any(${schemas}) order by 1, 2`.execute(db)
  const found = []
  for (const { table, column, sequence } of rows) {
    const { rows: state } = await sql<{
      value: number
      used: boolean
    }>`select last_value as value, is_called as used from ${sql.raw(sequence)}`.execute(db)
    found.push({ table, column, ...state[0]! })
  }
  return found
}
