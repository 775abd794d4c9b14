import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { KeyPerson, UsedCompetitor } from './archive.ts'
import { changeLists, type RecordedChange } from './changes.ts'

interface Noted {
  readonly customerId: string
  readonly by: string
  readonly now: Date
}

const noted = ({ by, now }: Noted, change: RecordedChange) => sql`
  insert into customers.change (customer_id, id, field, before, after, changed_at, changed_by)
  select written.customer_id, x.*, ${now}::timestamptz, ${by} from written cross join ${changeLists([change])}`

/** Adds a key person or writes what is known of one anew. */
export async function writeKeyPerson(db: Db, on: Noted, person: KeyPerson, change: RecordedChange): Promise<void> {
  await sql`
    with written as (
      insert into customers.key_person as k (customer_id, id, name, role, decides, email, phone, birthday, note, created_at)
      values (${on.customerId}, ${person.id}, ${person.name}, ${person.role}, ${person.decides}, ${person.email}, ${person.phone}, ${person.birthday}, ${person.note}, ${on.now})
      on conflict (customer_id, id) do update set name = excluded.name, role = excluded.role, decides = excluded.decides, email = excluded.email, phone = excluded.phone,
        birthday = excluded.birthday, note = excluded.note, version = k.version + 1
      returning customer_id
    ) ${noted(on, change)}`.execute(db)
}

export async function deleteKeyPerson(db: Db, on: Noted, id: string, change: RecordedChange): Promise<void> {
  await sql`
    with written as (delete from customers.key_person where customer_id = ${on.customerId} and id = ${id} returning customer_id)
    ${noted(on, change)}`.execute(db)
}

/** Adds a used competitor or writes what is known of one anew. */
export async function writeUsedCompetitor(db: Db, on: Noted, competitor: UsedCompetitor, change: RecordedChange): Promise<void> {
  await sql`
    with written as (
      insert into customers.used_competitor as u (customer_id, id, name, share_percent, note, created_at)
      values (${on.customerId}, ${competitor.id}, ${competitor.name}, ${competitor.sharePercent}, ${competitor.note}, ${on.now})
      on conflict (customer_id, id) do update set name = excluded.name, share_percent = excluded.share_percent, note = excluded.note, version = u.version + 1
      returning customer_id
    ) ${noted(on, change)}`.execute(db)
}

export async function deleteUsedCompetitor(db: Db, on: Noted, id: string, change: RecordedChange): Promise<void> {
  await sql`
    with written as (delete from customers.used_competitor where customer_id = ${on.customerId} and id = ${id} returning customer_id)
    ${noted(on, change)}`.execute(db)
}

/** Marks that something around the customer changed. */
export async function touchCustomer(db: Db, customerId: string, completeness: number, now: Date): Promise<void> {
  await sql`
    update customers.customer set completeness = ${completeness}, updated_at = ${now}::timestamptz, version = version + 1
    where customer_id = ${customerId}`.execute(db)
}
