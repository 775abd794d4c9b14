import { type RawBuilder, sql } from 'kysely'
import type { Reach } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'

/**
 * The most frequent cities and tags of so many customers, most frequent first: what filters suggest. Keys of imported customers are hashes, so the first
 * by key are a fair sample of all, and a book of millions is answered as fast as a small one.
 */
export async function frequentWords(
  db: Db,
  reach: Reach,
  most: { customers: number; words: number },
): Promise<{ city: string[]; tag: string[] }> {
  const seen = reach === 'all' ? sql`true` : sql`owner_id = any(${reach}::text[])`
  const some = sql`select city, tags from customers.customer where ${seen} order by customer_id limit ${sql.lit(most.customers)}`
  const frequent = async (words: RawBuilder<unknown>) => {
    const { rows } = await sql<{ word: string }>`
      select word from (${words}) w where word <> '' group by word order by count(*) desc, word limit ${sql.lit(most.words)}`.execute(db)
    return rows.map(({ word }) => word)
  }
  return {
    city: await frequent(sql`select city as word from (${some}) c where city is not null`),
    tag: await frequent(sql`select unnest(tags) as word from (${some}) c where tags <> '{}'`),
  }
}
