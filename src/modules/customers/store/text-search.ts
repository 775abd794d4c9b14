import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import { searchPrefix } from '#platform/tabular/normalise-key.ts'

/** Up to here the customers whom a text finds are collected and sorted; above, the list is walked and each customer looked at. */
export const fewFound = 2000

/** What a search text stands for in a list: nobody, these customers (few), or a condition on row `c` of the archive (many). */
export type TextSearch = { readonly ids: readonly string[] } | { readonly condition: RawBuilder<boolean> }

/** Decides how the text is best looked for, from how many customers each of its parts finds. Null when the text has nothing to look for. */
export async function textSearch(db: Db, text: string): Promise<TextSearch | null> {
  const parts = searchPrefix(text)
  if (parts.length === 0) return null
  const found: { part: string; ids: readonly string[] }[] = []
  for (const part of parts) {
    const ids = await idsOf(db, part)
    if (ids.length === 0) return { ids: [] }
    found.push({ part, ids })
  }
  const rarest = found.toSorted((a, b) => a.ids.length - b.ids.length)[0]!
  const others = parts.filter((part) => part !== rarest.part)
  if (rarest.ids.length > fewFound) return { condition: sql`(${sql.join(parts.map(partOfRow), sql` and `)})` }
  if (others.length === 0) return { ids: rarest.ids }
  const { rows } = await sql<{ id: string }>`
    select c.customer_id as id from customers.customer c
    where c.customer_id = any(${rarest.ids}::uuid[]) and ${sql.join(others.map(partOfRow), sql` and `)}`.execute(db)
  return { ids: rows.map(({ id }) => id) }
}

/** At most one more than `fewFound` customers with a key that begins with the part. */
async function idsOf(db: Db, part: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    (select customer_id as id from customers.customer where name_key >= ${part} and name_key < ${behind(part)} limit ${sql.lit(fewFound + 1)})
    union
    (select customer_id from customers.search_key where key >= ${part} and key < ${behind(part)} limit ${sql.lit(fewFound + 1)})`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}

const partOfRow = (part: string): RawBuilder<boolean> => sql`
  ((c.name_key >= ${part} and c.name_key < ${behind(part)})
    or exists (select from customers.search_key k where k.customer_id = c.customer_id and k.key >= ${part} and k.key < ${behind(part)}))`

/** The first text, in the order of bytes, behind all that begin with this one: keys never hold the last code point. */
const behind = (part: string) => `${part}\u{10ffff}`

export type MatchedBy = 'name' | 'company' | 'email' | 'phone' | 'key' | 'person'

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

/** The best of those whom the text finds: whose name begins with it first, then by lifetime value. */
export async function bestHits(db: Db, text: string, limit: number): Promise<readonly Hit[]> {
  const search = await textSearch(db, text)
  if (search === null) return []
  const first = searchPrefix(text)[0]!
  const among =
    'ids' in search
      ? sql`c.customer_id = any(${search.ids}::uuid[])`
      : // Too many to rank them all: the first few hundred of the name index are as good as any.
        sql`c.customer_id in (select customer_id from customers.customer where name_key >= ${first} and name_key < ${behind(first)} order by name_key limit 300)
            or c.customer_id in (select customer_id from customers.search_key where key >= ${first} and key < ${behind(first)} order by key limit 300)`
  const condition = 'ids' in search ? sql`true` : search.condition
  const { rows } = await sql<Hit>`
    select c.customer_id as id, c.name, c.company, c.city, coalesce(b.tier, 1) as tier, c.email, c.phone, c.external_key as "externalKey"
    from customers.customer c left join customers.book b on b.customer_id = c.customer_id
    where (${among}) and ${condition}
    order by (c.name_key >= ${first} and c.name_key < ${behind(first)}) desc, coalesce(b.lifetime_value_minor, 0) desc, c.name_key, c.customer_id
    limit ${limit}`.execute(db)
  return rows
}
