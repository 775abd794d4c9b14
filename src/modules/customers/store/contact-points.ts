import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import { e164 } from '#platform/tabular/phone.ts'
import { comparableEmail } from '../domain/contact.ts'
import type { ContactKind } from '../domain/contact-ways.ts'
import { changeLists, type RecordedChange } from './changes.ts'

export interface ContactPoint {
  readonly id: string
  readonly personId: string | null
  readonly kind: ContactKind
  /** Null: the main one of its kind, whose value stands in the archive. */
  readonly value: string | null
  readonly comparable: string | null
  readonly label: string | null
  readonly hours: string | null
  readonly preferred: boolean
  readonly version: number
}

/** By what a number or an address is the same one again: a number as the world writes it, an e-mail address in lower case; null for other kinds, and for what cannot be told. */
export const comparableOf = (kind: ContactKind, value: string | null, country: string | null): string | null =>
  kind === 'phone' ? e164(value, country) : kind === 'email' ? comparableEmail(value) : null

export async function listContactPoints(db: Db, customerId: string): Promise<readonly ContactPoint[]> {
  return (await contactPointsOf(db, [customerId])).get(customerId) ?? []
}

/** The same of many, in one look. */
export async function contactPointsOf(db: Db, customerIds: readonly string[]): Promise<ReadonlyMap<string, readonly ContactPoint[]>> {
  if (customerIds.length === 0) return new Map()
  const { rows } = await sql<{ customerId: string; points: readonly ContactPoint[] }>`
    select customer_id as "customerId", json_agg(json_build_object('id', id, 'personId', person_id, 'kind', kind, 'value', value, 'comparable', comparable, 'label', label,
      'hours', hours, 'preferred', preferred, 'version', version) order by created_at, id) as points
    from customers.contact_point where customer_id = any(${customerIds}::uuid[]) group by customer_id`.execute(db)
  return new Map(rows.map(({ customerId, points }) => [customerId, points]))
}

interface Noted {
  readonly customerId: string
  readonly by: string
  readonly now: Date
}

/** Adds a way to reach a customer or writes it anew. Where it is preferred, no other of its kind and person is any more. */
export async function writeContactPoint(
  db: Db,
  { customerId, by, now }: Noted,
  point: ContactPoint,
  change: RecordedChange,
): Promise<void> {
  if (point.preferred)
    await sql`
      update customers.contact_point set preferred = false, version = version + 1
      where customer_id = ${customerId} and kind = ${point.kind} and person_id is not distinct from ${point.personId}::uuid and id <> ${point.id}::uuid and preferred`.execute(
      db,
    )
  await sql`
    with written as (
      insert into customers.contact_point as p (customer_id, id, person_id, kind, value, comparable, label, hours, preferred, created_at)
      values (${customerId}, ${point.id}, ${point.personId}, ${point.kind}, ${point.value}, ${point.comparable}, ${point.label}, ${point.hours}, ${point.preferred}, ${now})
      on conflict (customer_id, id) do update set value = excluded.value, comparable = excluded.comparable, label = excluded.label, hours = excluded.hours,
        preferred = excluded.preferred, version = p.version + 1
      returning customer_id
    )
    insert into customers.change (customer_id, id, field, before, after, changed_at, changed_by)
    select written.customer_id, x.*, ${now}::timestamptz, ${by} from written cross join ${changeLists([change])}`.execute(db)
}

export async function deleteContactPoint(db: Db, { customerId, by, now }: Noted, id: string, change: RecordedChange): Promise<void> {
  await sql`
    with written as (delete from customers.contact_point where customer_id = ${customerId} and id = ${id} returning customer_id)
    insert into customers.change (customer_id, id, field, before, after, changed_at, changed_by)
    select written.customer_id, x.*, ${now}::timestamptz, ${by} from written cross join ${changeLists([change])}`.execute(db)
}

/** What of a person's goes with the person. */
export async function deleteContactPointsOf(db: Db, customerId: string, personId: string): Promise<void> {
  await sql`delete from customers.contact_point where customer_id = ${customerId} and person_id = ${personId}`.execute(db)
}
