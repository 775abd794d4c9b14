import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import { searchPrefix } from '#platform/tabular/normalise-key.ts'
import { these } from './these.ts'

/** Up to here the customers whom a text finds are collected and sorted; above, the list is walked and each customer looked at. */
const fewFound = 5000
/** Up to here those whom a part of a text finds are sorted by name from the index; above, they are so many that a walk along all names soon meets the next. */
export const mostSorted = 150_000

/** Very many customers. */
export interface ManyFound {
  /** On row `c` of the archive. */
  readonly condition: RawBuilder<boolean>
  /** The ids of exactly these. */
  readonly among: RawBuilder<unknown>
  /** Ids and name keys of all of them and perhaps of others, who match a part of the text; null where those are too many to be sorted. */
  readonly named: RawBuilder<unknown> | null
  /** Whether `named` holds nobody else. */
  readonly namedExactly: boolean
}

/** What a search text stands for in a list: these customers (few, or nobody), or very many. */
export type TextSearch = { readonly ids: readonly string[] } | ManyFound

/** Decides how the text is best looked for, from how many customers each of its parts finds. Null when the text has nothing to look for. */
export async function textSearch(db: Db, text: string): Promise<TextSearch | null> {
  const parts = searchPrefix(text)
  if (parts.length === 0) return null
  const found: { part: string; ids: readonly string[] }[] = []
  for (const part of parts) {
    const ids = await idsOf(db, fewOf(part))
    if (ids.length === 0) return { ids: [] }
    found.push({ part, ids })
  }
  const rarest = found.toSorted((a, b) => a.ids.length - b.ids.length)[0]!
  const others = parts.filter((part) => part !== rarest.part)
  if (rarest.ids.length <= fewFound) return { ids: others.length === 0 ? rarest.ids : await thoseWith(db, rarest.ids, others) }
  const among = parts.length === 1 ? allOf(parts[0]!) : both(parts)
  if (others.length > 0) {
    const all = await idsOf(db, sql`${among} limit ${sql.lit(fewFound + 1)}`)
    if (all.length <= fewFound) return { ids: all }
  }
  const part = await sortablePart(db, parts)
  return {
    condition: sql`(${sql.join(parts.map(partOfRow), sql` and `)})`,
    among,
    named: part === null ? null : namedOf(part),
    namedExactly: parts.length === 1,
  }
}

/** A part of the text that finds no more than can be sorted. */
async function sortablePart(db: Db, parts: readonly string[]): Promise<string | null> {
  for (const part of parts) {
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from (select 1 from customers.search_key where key >= ${part} and key < ${behind(part)} limit ${sql.lit(mostSorted + 1)}) x`.execute(
      db,
    )
    if (rows[0]!.n <= mostSorted) return part
  }
  return null
}

const idsOf = async (db: Db, query: RawBuilder<unknown>): Promise<readonly string[]> =>
  (await sql<{ id: string }>`select customer_id as id from (${query}) x`.execute(db)).rows.map(({ id }) => id)

async function thoseWith(db: Db, ids: readonly string[], parts: readonly string[]): Promise<readonly string[]> {
  return idsOf(
    db,
    sql`select c.customer_id from ${these(ids)} join customers.customer c using (customer_id) where ${sql.join(parts.map(partOfRow), sql` and `)}`,
  )
}

/** At most some more than `fewFound` of them: each side ends early. */
const fewOf = (part: string): RawBuilder<unknown> => sql`
  (select customer_id from customers.customer where name_key >= ${part} and name_key < ${behind(part)} limit ${sql.lit(fewFound + 1)})
  union (select customer_id from customers.search_key where key >= ${part} and key < ${behind(part)} limit ${sql.lit(fewFound + 1)})`

/** Every customer with a key that begins with the part, each once. */
const allOf = (part: string): RawBuilder<unknown> => sql`
  select customer_id from customers.customer where name_key >= ${part} and name_key < ${behind(part)}
  union select customer_id from customers.search_key where key >= ${part} and key < ${behind(part)}`

/** Every customer with keys that begin with all the parts. Set operations see to it that each comes once. */
const both = (parts: readonly string[]): RawBuilder<unknown> =>
  sql.join(
    parts.map(
      (part) => sql`(select customer_id from customers.customer where name_key >= ${part} and name_key < ${behind(part)}
        union all select customer_id from customers.search_key where key >= ${part} and key < ${behind(part)})`,
    ),
    sql` intersect `,
  )

/** The same with their name keys, from the indexes alone. */
const namedOf = (part: string): RawBuilder<unknown> => sql`
  select customer_id, name_key from customers.customer where name_key >= ${part} and name_key < ${behind(part)}
  union select customer_id, name_key from customers.search_key where key >= ${part} and key < ${behind(part)}`

const partOfRow = (part: string): RawBuilder<boolean> => sql`
  ((c.name_key >= ${part} and c.name_key < ${behind(part)})
    or exists (select from customers.search_key k where k.customer_id = c.customer_id and k.key >= ${part} and k.key < ${behind(part)}))`

/** The first text, in the order of bytes, behind all that begin with this one: keys never hold the last code point. */
export const behind = (part: string) => `${part}\u{10ffff}`
