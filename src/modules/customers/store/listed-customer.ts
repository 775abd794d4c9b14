import { sql } from 'kysely'
import type { BookFigures } from '../domain/book.ts'
import { figures } from './book.ts'

export interface ListedCustomer extends BookFigures {
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly company: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly city: string | null
  readonly ownerId: string | null
  readonly tags: readonly string[]
  readonly completeness: number
  readonly externalKey: string | null
  readonly createdAt: Date
  readonly role: string
  readonly phase: string | null
  readonly region: string | null
  readonly target: boolean
}

export type Row = Parameters<typeof figures>[0] & Omit<ListedCustomer, keyof BookFigures>

/** What a list reads of row `c` of the archive. */
export const archiveColumns = sql`c.customer_id as id, c.kind, c.name, c.company, c.email, c.phone, c.city, c.owner_id as "ownerId", c.tags, c.completeness,
  c.external_key as "externalKey", c.created_at as "createdAt", c.role, c.phase, c.region`
/** What it reads of row `b` of the book, where there may be none. */
export const bookColumns = sql`coalesce(b.orders, 0) as orders, coalesce(b.first_order_day, '-infinity') as first_order_day,
  coalesce(b.last_order_day, '-infinity') as last_order_day, coalesce(b.revenue_minor, 0) as revenue_minor, coalesce(b.profit_minor, 0) as profit_minor,
  coalesce(b.lifetime_value_minor, 0) as lifetime_value_minor, b.expected_spend_minor, b.expected_orders, b.probability_alive, b.probability_ordering,
  coalesce(b.tier, 1) as tier, coalesce(b.value_label, 0) as value_label, coalesce(b.activity, 0) as activity, b.segment, b.recency_score, b.frequency_score,
  b.monetary_score, b.valued_on`

export const listed = (row: Row): ListedCustomer => ({
  ...figures(row),
  id: row.id,
  kind: row.kind,
  name: row.name,
  company: row.company,
  email: row.email,
  phone: row.phone,
  city: row.city,
  ownerId: row.ownerId,
  tags: row.tags,
  completeness: row.completeness,
  externalKey: row.externalKey,
  createdAt: row.createdAt,
  role: row.role,
  phase: row.phase,
  region: row.region,
  target: row.target,
})
