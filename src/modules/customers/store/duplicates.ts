import { sql } from 'kysely'
import type { Reach } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'
import { searchKeys } from '#platform/tabular/normalise-key.ts'
import { comparableEmail, comparablePhone } from '../domain/contact.ts'

export interface SameContact {
  readonly id: string
  readonly name: string
  readonly city: string | null
  readonly same: ('email' | 'phone')[]
}

/** At most ten customers within reach with the same e-mail address or phone number, found by their search keys and compared in full. */
export async function customersWith(db: Db, contact: { email: string | null; phone: string | null }, reach: Reach): Promise<SameContact[]> {
  const keys = [contact.email, contact.phone].flatMap((text) => (text === null ? [] : searchKeys(text).slice(0, 1)))
  if (keys.length === 0) return []
  const { rows } = await sql<{ id: string; name: string; city: string | null; email: string | null; phone: string | null }>`
    select customer_id as id, name, city, email, phone from customers.customer
    where customer_id in (select customer_id from customers.search_key where key = any(${keys}::text[]) limit 200)
      and ${reach === 'all' ? sql`true` : sql`owner_id = any(${reach}::text[])`}
    order by name_key, customer_id`.execute(db)
  return rows
    .map(({ id, name, city, email, phone }) => ({
      id,
      name,
      city,
      same: [
        ...(contact.email !== null && comparableEmail(email) === contact.email ? (['email'] as const) : []),
        ...(contact.phone !== null && comparablePhone(phone) === contact.phone ? (['phone'] as const) : []),
      ],
    }))
    .filter(({ same }) => same.length > 0)
    .slice(0, 10)
}
