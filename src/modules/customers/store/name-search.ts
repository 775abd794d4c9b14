import { sql } from 'kysely'
import { searchPrefix } from '#platform/tabular/normalise-key.ts'
import type { ManyFound } from './text-search.ts'

/** Customers whose name begins with the text, and nothing else: for those from whom e-mail addresses and numbers are hidden, because a search tells what it finds by. */
export function nameSearch(text: string): ManyFound | null {
  const parts = searchPrefix(text)
  if (parts.length === 0) return null
  const start = parts.join(' ')
  const end = `${start}\u{10ffff}`
  const named = sql`select customer_id, name_key from customers.customer where name_key >= ${start} and name_key < ${end}`
  return {
    condition: sql<boolean>`(c.name_key >= ${start} and c.name_key < ${end})`,
    among: sql`select customer_id from customers.customer where name_key >= ${start} and name_key < ${end}`,
    named,
    namedExactly: true,
  }
}
