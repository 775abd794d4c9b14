import { sql } from 'kysely'
import { type Group, openAsking } from '../asking.ts'
import type { Bench } from '../bench.ts'
import { percentile } from '../figures.ts'
import { filters, list, search, sorted, words } from './list-requests.ts'

const pagesPerSort = 8

/** Lists, searches and customer pages over the HTTP application without a network, for somebody who sees everybody. */
export async function listsPart(bench: Bench): Promise<void> {
  // The server does so by itself within a minute of a rescoring.
  await sql`vacuum customers.book_settled`.execute(bench.database.db)
  const asking = openAsking(bench)
  try {
    for (const group of await groupsOf(bench)) bench.add('lists', await asking.measure(group))
  } finally {
    await asking.close()
  }
}

async function groupsOf(bench: Bench): Promise<Group[]> {
  const { db } = bench.database
  const some = await sql<{ id: string; name: string }>`select customer_id as id, name from customers.customer tablesample system_rows(60)`
    .execute(db)
    .catch(() =>
      sql<{
        id: string
        name: string
      }>`select customer_id as id, name from customers.customer where customer_id > gen_random_uuid() order by customer_id limit 60`.execute(
        db,
      ),
    )
  const usual = filters(await highValue(bench))
  const page = (id: string) => [
    `/customers/${id}`,
    `/customers/${id}/timeline?limit=25`,
    `/value/customers/${id}`,
    `/customers/${id}/interactions`,
  ]
  return [
    { name: 'named sorts, both directions, eight pages', requests: sorted(pagesPerSort) },
    { name: 'search, one Chinese character', requests: search(words.oneCharacter) },
    { name: 'search, two Chinese characters', requests: search(words.twoCharacters) },
    { name: 'search, pinyin', requests: search(words.pinyin) },
    { name: 'search, beginnings of Latin words', requests: search(words.beginnings) },
    { name: 'search, whole names', requests: search(some.rows.slice(0, 8).map(({ name }) => name)) },
    { name: 'filters', requests: usual.map((query) => list(query, 2)) },
    { name: 'filters with their count', requests: usual.map((query) => list({ ...query, count: true })) },
    { name: 'customer page, each of its reads', requests: some.rows.slice(0, 40).flatMap(({ id }) => page(id).map((path) => ({ path }))) },
  ]
}

/** A lifetime value that one in ten exceeds. */
export async function highValue({ database }: Bench): Promise<number> {
  const middle = await sql<{ value: number }>`
    select lifetime_value_minor as value from customers.book order by customer_id limit 1000`.execute(database.db)
  return percentile(
    middle.rows.map(({ value }) => Number(value)),
    0.9,
  )
}
