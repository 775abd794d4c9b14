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
): Promise<Record<FilterWord, string[]>> {
  const seen = reach === 'all' ? sql`true` : sql`owner_id = any(${reach}::text[])`
  const each = Object.entries(wordsOf).map(
    ([kind, words]) => sql`
      (select ${kind} as kind, word from (${words}) w where word <> '' group by word order by count(*) desc, word limit ${sql.lit(most.words)})`,
  )
  const { rows } = await sql<{ kind: FilterWord; word: string }>`
    with sample as materialized (
      select city, region, tags, extended from customers.customer where ${seen} order by customer_id limit ${sql.lit(most.customers)})
    ${sql.join(each, sql` union all `)}`.execute(db)
  const found = Map.groupBy(rows, ({ kind }) => kind)
  const wordsIn = (kind: FilterWord) => (found.get(kind) ?? []).map(({ word }) => word)
  return {
    city: wordsIn('city'),
    region: wordsIn('region'),
    occupation: wordsIn('occupation'),
    incomeBand: wordsIn('incomeBand'),
    interest: wordsIn('interest'),
    trait: wordsIn('trait'),
    tag: wordsIn('tag'),
  }
}

type FilterWord = 'city' | 'tag' | 'region' | 'occupation' | 'interest' | 'incomeBand' | 'trait'

/** Where each kind of word stands in the customers looked at. */
const wordsOf: Readonly<Record<FilterWord, RawBuilder<unknown>>> = {
  city: sql`select city as word from sample where city is not null`,
  region: sql`select region as word from sample where region is not null`,
  occupation: sql`select extended->>'occupation' as word from sample where extended ? 'occupation'`,
  incomeBand: sql`select extended->>'incomeBand' as word from sample where extended ? 'incomeBand'`,
  interest: sql`select jsonb_array_elements_text(extended->'interestWords') as word from sample where extended ? 'interestWords'`,
  trait: sql`select jsonb_array_elements_text(extended->'traits') as word from sample where extended ? 'traits'`,
  tag: sql`select unnest(tags) as word from sample where cardinality(tags) > 0`,
}
