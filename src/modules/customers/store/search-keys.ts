import { sql } from 'kysely'
import { copyIn } from '#platform/database/binary-copy.ts'
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

/**
 * Everything that finds a customer beyond the beginning of their name key: names, company, e-mail, phone, the keys that other systems know them by, and
 * the names of the people around them.
 */
export function customerKeys(values: ArchiveValues, more: readonly string[]): string[] {
  const sorted = nameKey(String(values.name ?? ''))
  const texts = [values.name, values.givenName, values.familyName, values.company, values.email, values.phone, ...more]
  const keys = new Set<string>()
  for (const text of texts)
    if (typeof text === 'string' && text !== '') for (const key of searchKeys(text)) if (!sorted.startsWith(key)) keys.add(key)
  return [...keys].slice(0, keyLimit)
}

/** Replaces the keys of one customer; what stays is not written again. */
export async function writeKeys(db: Db, customerId: string, keys: readonly string[]): Promise<void> {
  await sql`delete from customers.search_key where customer_id = ${customerId} and key <> all(${keys}::text[])`.execute(db)
  await addKeys(db, [customerId], [keys])
}

/** Replaces the keys of several customers; one statement each for what goes and what comes. */
export async function writeKeysOf(db: Db, customers: readonly { readonly id: string; readonly keys: readonly string[] }[]): Promise<void> {
  if (customers.length === 0) return
  const ids = customers.map(({ id }) => id)
  const flat = flatten(
    ids,
    customers.map(({ keys }) => keys),
  )
  await sql`
    delete from customers.search_key k where k.customer_id = any(${ids}::uuid[])
    and (k.customer_id, k.key) not in (select * from unnest(${flat.ids}::uuid[], ${flat.keys}::text[]))`.execute(db)
  await addKeys(
    db,
    ids,
    customers.map(({ keys }) => keys),
  )
}

/** Keys of customers who were made in this transaction and so have none: copied in, which takes half of the time. */
export async function copyKeysOf(db: Db, customers: readonly { readonly id: string; readonly keys: readonly string[] }[]): Promise<void> {
  if (customers.length === 0) return
  const ids = Buffer.from(customers.map(({ id }) => id.replaceAll('-', '')).join(''), 'hex')
  await copyIn(db, 'customers.search_key (customer_id, key)', async (rows) => {
    for (const [i, { keys }] of customers.entries()) {
      for (const key of keys) {
        rows.row(2)
        rows.uuid(ids, i * 16)
        rows.text(key)
      }
      if (rows.full) await rows.flush()
    }
  })
}

async function addKeys(db: Db, ids: readonly string[], keys: readonly (readonly string[])[]): Promise<void> {
  const flat = flatten(ids, keys)
  if (flat.ids.length === 0) return
  await sql`
    insert into customers.search_key (customer_id, key) select * from unnest(${flat.ids}::uuid[], ${flat.keys}::text[])
    on conflict (customer_id, key) do nothing`.execute(db)
}

function flatten(ids: readonly string[], keys: readonly (readonly string[])[]) {
  const flat = { ids: [] as string[], keys: [] as string[] }
  ids.forEach((id, i) => {
    for (const key of keys[i]!) {
      flat.ids.push(id)
      flat.keys.push(key)
    }
  })
  return flat
}
