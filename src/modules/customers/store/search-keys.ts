import { sql } from 'kysely'
import { type BinaryRows, copyIn } from '#platform/database/binary-copy.ts'
import type { Db } from '#platform/database/connection.ts'
import { fold, searchKeys } from '#platform/tabular/normalise-key.ts'
import type { ArchiveValues } from '../domain/archive.ts'

/** At most so many keys per customer, however much is known of them. */
const keyLimit = 60

/** The key by which names are sorted: folded, Han by its pinyin, as people look it up. */
export function nameKey(name: string): string {
  const folded = fold(name).slice(0, 60)
  if (!/^\p{Script=Han}/u.test(folded)) return folded
  const reading = searchKeys(name).find((key) => /^[a-z]/.test(key))
  return reading === undefined ? folded : `${reading} ${folded}`.slice(0, 60)
}

/** What finds a customer. Every key is kept together with the name key, so that many who are found are listed by name from the index alone. */
export interface SearchWords {
  readonly nameKey: string
  readonly keys: readonly string[]
}

/**
 * Everything that finds a customer beyond the beginning of their name key: names, company, e-mail, phone, the keys that other systems know them by, and
 * the names of the people around them.
 */
export function searchWords(values: ArchiveValues, more: readonly string[]): SearchWords {
  const sorted = nameKey(String(values.name ?? ''))
  const texts = [values.name, values.givenName, values.familyName, values.company, values.email, values.phone, ...more]
  const keys = new Set<string>()
  for (const text of texts)
    if (typeof text === 'string' && text !== '') for (const key of searchKeys(text)) if (!sorted.startsWith(key)) keys.add(key)
  return { nameKey: sorted, keys: [...keys].slice(0, keyLimit) }
}

/** Replaces the keys of one customer; what stays is not written again. */
export async function writeKeys(db: Db, customerId: string, words: SearchWords): Promise<void> {
  await sql`delete from customers.search_key where customer_id = ${customerId} and key <> all(${words.keys}::text[])`.execute(db)
  await addKeys(db, [{ id: customerId, words }])
}

/** A customer and what finds them. */
interface Found {
  readonly id: string
  readonly words: SearchWords
}

/** Replaces the keys of several customers; one statement each for what goes and what comes. */
export async function writeKeysOf(db: Db, customers: readonly Found[]): Promise<void> {
  if (customers.length === 0) return
  const { ids, keys } = flatten(customers)
  await sql`
    delete from customers.search_key k where k.customer_id = any(${customers.map(({ id }) => id)}::uuid[])
    and (k.customer_id, k.key) not in (select * from unnest(${ids}::uuid[], ${keys}::text[]))`.execute(db)
  await addKeys(db, customers)
}

/** Keys of customers who were made in this transaction and so have none: copied in, which takes half of the time. */
export async function copyKeysOf(db: Db, customers: readonly Found[]): Promise<void> {
  if (customers.length === 0) return
  const ids = Buffer.from(customers.map(({ id }) => id.replaceAll('-', '')).join(''), 'hex')
  await copyIn(db, keyColumns, async (rows) => {
    for (const [i, { words }] of customers.entries()) {
      putKeys(rows, ids, i * 16, words)
      if (rows.full) await rows.flush()
    }
  })
}

/** What `putKeys` writes. */
export const keyColumns = 'customers.search_key (customer_id, key, name_key)'

/** Adds a customer's keys to a copy; the id's sixteen bytes begin at `at`. */
export function putKeys(rows: BinaryRows, ids: Buffer, at: number, { nameKey, keys }: SearchWords): void {
  for (const key of keys) {
    rows.row(3)
    rows.uuid(ids, at)
    rows.text(key)
    rows.text(nameKey)
  }
}

async function addKeys(db: Db, customers: readonly Found[]): Promise<void> {
  const { ids, keys, nameKeys } = flatten(customers)
  if (ids.length === 0) return
  await sql`
    insert into customers.search_key as k (customer_id, key, name_key) select * from unnest(${ids}::uuid[], ${keys}::text[], ${nameKeys}::text[])
    on conflict (customer_id, key) do update set name_key = excluded.name_key where k.name_key <> excluded.name_key`.execute(db)
}

function flatten(customers: readonly Found[]) {
  const flat = { ids: [] as string[], keys: [] as string[], nameKeys: [] as string[] }
  for (const { id, words } of customers)
    for (const key of words.keys) {
      flat.ids.push(id)
      flat.keys.push(key)
      flat.nameKeys.push(words.nameKey)
    }
  return flat
}
