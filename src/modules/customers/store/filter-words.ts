import { type RawBuilder, sql } from 'kysely'
import type { Reach } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'

/**
 * The most frequent cities, tags and other words of so many customers, most frequent first: what filters suggest. Keys of imported customers are hashes, so the first
 * by key are a fair sample of all, and a book of millions is answered as fast as a small one.
 */
export async function frequentWords(
  db: Db,
  reach: Reach,
  most: { customers: number; words: number },
): Promise<Record<'city' | 'tag' | 'region' | 'occupation' | 'interest' | 'incomeBand' | 'trait', string[]>> {
  const seen = reach === 'all' ? sql`true` : sql`owner_id = any(${reach}::text[])`
  const some = sql`select city, region, tags, extended from customers.customer where ${seen} order by customer_id limit ${sql.lit(most.customers)}`
  const frequent = async (words: RawBuilder<unknown>) => {
    const { rows } = await sql<{ word: string }>`
      select word from (${words}) w where word <> '' group by word order by count(*) desc, word limit ${sql.lit(most.words)}`.execute(db)
    return rows.map(({ word }) => word)
  }
  return {
    city: await frequent(sql`select city as word from (${some}) c where city is not null`),
    region: await frequent(sql`select region as word from (${some}) c where region is not null`),
    occupation: await frequent(sql`select extended->>'occupation' as word from (${some}) c where extended ? 'occupation'`),
    incomeBand: await frequent(sql`select extended->>'incomeBand' as word from (${some}) c where extended ? 'incomeBand'`),
    interest: await frequent(
      sql`select jsonb_array_elements_text(extended->'interestWords') as word from (${some}) c where extended ? 'interestWords'`,
    ),
    trait: await frequent(sql`select jsonb_array_elements_text(extended->'traits') as word from (${some}) c where extended ? 'traits'`),
    tag: await frequent(sql`select unnest(tags) as word from (${some}) c where tags <> '{}'`),
  }
}
