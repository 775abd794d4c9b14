import { type RawBuilder, sql } from 'kysely'
import type { Reach } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'
import { searchPrefix } from '#platform/tabular/normalise-key.ts'
import { all } from './list-conditions.ts'
import { type Many, narrow } from './list-narrowing.ts'
import { behind } from './text-search.ts'
import { these } from './these.ts'

export interface Hit {
  readonly id: string
  readonly name: string
  readonly company: string | null
  readonly city: string | null
  readonly tier: number
  readonly email: string | null
  readonly phone: string | null
  readonly externalKey: string | null
}

/**
 * The best of those within reach whom the text finds (with `namesOnly` by the beginning of their names alone): whose name begins with it first, then by lifetime value; by name
 * for whoever does not see what customers bring, to whom the order would tell it.
 */
export async function bestHits(
  db: Db,
  text: string,
  limit: number,
  reach: Reach,
  { namesOnly, byValue }: { readonly namesOnly: boolean; readonly byValue: boolean },
): Promise<readonly Hit[]> {
  const first = searchPrefix(text)[0]
  if (first === undefined) return []
  const narrowed = await narrow(db, { q: text, namesOnly, ...(reach === 'all' ? {} : { reach }) })
  if (narrowed === null) return []
  const among = 'ids' in narrowed ? these(narrowed.ids) : sql`(${someOf(narrowed, first, namesOnly)}) these`
  const { rows } = await sql<Hit>`
    select c.customer_id as id, c.name, c.company, c.city, coalesce(b.tier, 1) as tier, c.email, c.phone, c.external_key as "externalKey"
    from ${among} join customers.customer c on c.customer_id = these.customer_id left join customers.book b on b.customer_id = c.customer_id
    order by (c.name_key >= ${first} and c.name_key < ${behind(first)}) desc, ${byValue ? sql`coalesce(b.lifetime_value_minor, 0) desc,` : sql``} c.name_key, c.customer_id
    limit ${limit}`.execute(db)
  return rows
}

/** Too many to rank them all: some hundreds serve as well as all, those whose names and keys come first. */
const ranked = 300

function someOf({ conditions }: Many, first: string, namesOnly: boolean): RawBuilder<unknown> {
  const met = sql`coalesce((select true from customers.customer c where c.customer_id = n.customer_id and ${all(conditions)}), false)`
  const some = (from: RawBuilder<unknown>, key: string) => sql`
    (select customer_id from (select customer_id, ${sql.ref(key)} from ${from} where ${sql.ref(key)} >= ${first} and ${sql.ref(key)} < ${behind(first)} order by ${sql.ref(key)} offset 0) n
    where ${met} limit ${sql.lit(ranked)})`
  const named = some(sql`customers.customer`, 'name_key')
  return namesOnly ? named : sql`${named} union ${some(sql`customers.search_key`, 'key')}`
}
