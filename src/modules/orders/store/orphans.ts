import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'

/** Orders whose customer is unknown to the given reading of customers, counted up to `most`. Nothing forbids them in the database, because a load of millions could not afford it. */
export async function countOrphans(
  db: Db,
  knownAmong: (ids: readonly string[]) => Promise<ReadonlySet<string>>,
  most: number,
): Promise<number> {
  let orphans = 0
  for (let after = '00000000-0000-0000-0000-000000000000'; orphans < most; ) {
    const { rows } = await sql<{ id: string }>`
      select distinct customer_id as id from orders.purchase where customer_id > ${after} order by customer_id limit ${customersAtOnce}`.execute(
      db,
    )
    const known = await knownAmong(rows.map(({ id }) => id))
    orphans += rows.filter(({ id }) => !known.has(id)).length
    if (rows.length < customersAtOnce) break
    after = rows.at(-1)!.id
  }
  return Math.min(orphans, most)
}

/** Customers with purchases whose list of purchase days is missing, counted up to `most`. */
export async function countWithoutDays(db: Db, most: number): Promise<number> {
  const { rows } = await sql<{ found: number }>`
    select count(*) as found from (
      select from orders.purchase p where p.counted and not exists (select from orders.day_list d where d.customer_id = p.customer_id) limit ${most}) missing`.execute(
    db,
  )
  return rows[0]!.found
}

const customersAtOnce = 10_000
