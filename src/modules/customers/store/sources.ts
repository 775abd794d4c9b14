import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'

/** The number of a source; made where it is new. Names are compared as they are written. */
export async function sourceId(db: Db, name: string): Promise<number> {
  for (;;) {
    const there = await db.selectFrom('customers.source').select('id').where('name', '=', name).executeTakeFirst()
    if (there) return there.id
    // Two at once may choose the same number: then one of them finds nothing inserted and looks again.
    const { rows } = await sql<{ id: number }>`
      insert into customers.source (id, name) select coalesce(max(id), 0) + 1, ${name} from customers.source
      on conflict do nothing returning id`.execute(db)
    if (rows[0]) return rows[0].id
  }
}

export async function sourceNames(db: Db): Promise<ReadonlyMap<number, string>> {
  const rows = await db.selectFrom('customers.source').selectAll().execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
