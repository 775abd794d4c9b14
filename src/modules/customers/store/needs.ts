import { type RawBuilder, sql } from 'kysely'
import type { Reach } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'
import { type NeedState, needKey } from '../domain/need.ts'
import { seenWithin } from './list-narrowing.ts'

export interface Need {
  readonly id: string
  readonly text: string
  readonly category: string | null
  readonly state: NeedState
  readonly customers: number
  readonly productCodes: readonly string[]
  readonly lastNotedAt: Date | null
  readonly version: number
}
interface Query {
  readonly key: string | null
  readonly state: NeedState | null
  readonly after: { readonly customers: number; readonly id: string } | null
  readonly limit: number
}

/** The register, most wanted first. */
export async function listNeeds(db: Db, { key, state, after, limit }: Query): Promise<readonly Need[]> {
  const conditions: RawBuilder<unknown>[] = [
    sql`d.merged_into is null`,
    ...(key === null ? [] : [sql`d.key like ${`%${likeText(key)}%`}`]),
    ...(state === null ? [] : [sql`d.state = ${state}`]),
    ...(after === null ? [] : [sql`(n.customers, d.id) < (${after.customers}::int, ${after.id}::uuid)`]),
  ]
  const { rows } = await sql<Need>`
    select d.id, d.text, d.category, d.state, n.customers as customers, n.last as "lastNotedAt", d.version,
      (select coalesce(json_agg(p.product_code order by p.linked_at, p.product_code), '[]') from customers.need_product p where p.need_id = d.id) as "productCodes"
    from customers.need d
    cross join lateral (select count(distinct customer_id)::int as customers, max(noted_at) as last from customers.need_note where need_id = d.id) n
    where ${sql.join(conditions, sql` and `)} order by n.customers desc, d.id desc limit ${limit}`.execute(db)
  return rows
}

/** A need that nobody has looked at yet is free text about whoever said it: it is proposed to whoever sees one of them. */
export async function suggestNeeds(db: Db, key: string, reach: Reach, limit: number): Promise<readonly { id: string; text: string }[]> {
  const heard =
    reach === 'all'
      ? sql`true`
      : sql`(d.state <> 'open' or exists (
          select from customers.need_note n join customers.customer c on c.customer_id = n.customer_id where n.need_id = d.id and c.owner_id = any(${reach}::text[])))`
  const { rows } = await sql<{ id: string; text: string }>`
    select d.id, d.text from customers.need d where d.merged_into is null and d.key like ${`%${likeText(key)}%`} and ${heard}
    order by length(d.key), d.key limit ${limit}`.execute(db)
  return rows
}

const likeText = (text: string) => text.replace(/[\\%_]/g, (sign) => `\\${sign}`)

export interface StoredNeed {
  readonly id: string
  readonly text: string
  readonly mergedInto: string | null
  readonly version: number
}

export async function needById(db: Db, id: string): Promise<StoredNeed | undefined> {
  const { rows } =
    await sql<StoredNeed>`select id, text, merged_into as "mergedInto", version from customers.need where id = ${id}`.execute(db)
  return rows[0]
}

/** The need of a text: the one of the register, or the one that it was merged into, else a new one. */
export async function needOfText(db: Db, fresh: { id: string; text: string; key: string; by: string; now: Date }): Promise<string> {
  await sql`
    insert into customers.need (id, text, key, created_at, created_by) values (${fresh.id}, ${fresh.text}, ${fresh.key}, ${fresh.now}, ${fresh.by})
    on conflict (key) do nothing`.execute(db)
  const { rows } = await sql<{ id: string }>`select coalesce(merged_into, id) as id from customers.need where key = ${fresh.key}`.execute(
    db,
  )
  return rows[0]!.id
}

/** Which need of the register says the same as a text; null where none does. */
export async function needCalled(db: Db, text: string): Promise<string | null> {
  const { rows } = await sql<{
    id: string
  }>`select coalesce(merged_into, id) as id from customers.need where key = ${needKey(text)}`.execute(db)
  return rows[0]?.id ?? null
}

interface Noting {
  readonly customerId: string
  readonly interactionId: string
  readonly by: string
  readonly now: Date
}

/** Sets which needs a touch noted; returns those that are new. */
export async function writeNeedNotes(
  db: Db,
  { customerId, interactionId, by, now }: Noting,
  needIds: readonly string[],
): Promise<readonly string[]> {
  await sql`
    delete from customers.need_note where customer_id = ${customerId} and interaction_id = ${interactionId} and need_id <> all(${needIds}::uuid[])`.execute(
    db,
  )
  const { rows } = await sql<{ id: string }>`
    insert into customers.need_note (customer_id, need_id, interaction_id, noted_at, noted_by)
    select ${customerId}::uuid, x.id, ${interactionId}::uuid, ${now}::timestamptz, ${by} from unnest(${needIds}::uuid[]) x (id)
    on conflict do nothing returning need_id as id`.execute(db)
  return rows.map(({ id }) => id)
}

export interface NeedCustomer {
  readonly customerId: string
  readonly name: string
  readonly interactionId: string
  readonly notedAt: Date
  readonly notedBy: string
}

/** Notes of a need by customers within reach, newest first. */
export async function customersWithNeed(
  db: Db,
  needId: string,
  reach: Reach,
  after: { at: string; id: string } | null,
  limit: number,
): Promise<readonly NeedCustomer[]> {
  const conditions: RawBuilder<unknown>[] = [
    sql`n.need_id = ${needId}`,
    (await seenWithin(db, reach))('n.customer_id'),
    ...(after === null ? [] : [sql`(n.noted_at, n.interaction_id) < (${after.at}::timestamptz, ${after.id}::uuid)`]),
  ]
  const { rows } = await sql<NeedCustomer>`
    select n.customer_id as "customerId", c.name, n.interaction_id as "interactionId", n.noted_at as "notedAt", n.noted_by as "notedBy"
    from customers.need_note n join customers.customer c on c.customer_id = n.customer_id
    where ${sql.join(conditions, sql` and `)} order by n.noted_at desc, n.interaction_id desc limit ${limit}`.execute(db)
  return rows
}

/** A need as one customer has it. */
export interface CustomerNeed {
  readonly id: string
  readonly text: string
  readonly productCodes: readonly string[]
  /** Ids of needs that were taken into it. */
  readonly former: readonly string[]
  /** Whether the customer told it, in a contact that stands. */
  readonly told: boolean
}

/** The needs that a customer told, by their words, and those that are `known` by id, also where they were told no more or were taken into another. */
export async function needsOf(db: Db, customerId: string, known: readonly string[]): Promise<readonly CustomerNeed[]> {
  const { rows } = await sql<CustomerNeed>`
    with told as (
      select distinct n.need_id as id from customers.need_note n
      left join customers.interaction i on i.customer_id = n.customer_id and i.id = n.interaction_id
      where n.customer_id = ${customerId} and i.withdrawn_at is null
    ), wanted as (
      select id from told union select coalesce(d.merged_into, d.id) from customers.need d where d.id = any(${known}::uuid[])
    )
    select d.id, d.text, exists (select from told where told.id = d.id) as told,
      (select coalesce(json_agg(o.id), '[]') from customers.need o where o.merged_into = d.id and o.id = any(${known}::uuid[])) as former,
      (select coalesce(json_agg(p.product_code order by p.linked_at, p.product_code), '[]') from customers.need_product p where p.need_id = d.id) as "productCodes"
    from wanted join customers.need d using (id) order by d.text, d.id`.execute(db)
  return rows
}

/** False where somebody else was faster, or another need has these words already. */
export async function updateNeed(
  db: Db,
  need: { id: string; version: number; text: string; key: string; category: string | null; state: NeedState },
): Promise<boolean> {
  const { rows } = await sql`
    update customers.need d set text = ${need.text}, key = ${need.key}, category = ${need.category}, state = ${need.state}, version = d.version + 1
    where d.id = ${need.id} and d.version = ${need.version} and d.merged_into is null
      and not exists (select from customers.need o where o.key = ${need.key} and o.id <> d.id) returning d.id`.execute(db)
  return rows.length > 0
}

/** Takes one need into another: its notes, its products, and those that were taken into it before. False where it is not the given version any more. */
export async function mergeNeeds(db: Db, into: string, other: string, version: number): Promise<boolean> {
  const { rows } = await sql`
    update customers.need set merged_into = ${into}, version = version + 1 where id = ${other} and version = ${version} returning id`.execute(
    db,
  )
  if (rows.length === 0) return false
  await sql`update customers.need set merged_into = ${into}, version = version + 1 where merged_into = ${other}::uuid`.execute(db)
  await sql`
    insert into customers.need_product (need_id, product_code, linked_by, linked_at)
    select ${into}::uuid, product_code, linked_by, linked_at from customers.need_product where need_id = ${other} on conflict do nothing`.execute(
    db,
  )
  await sql`delete from customers.need_product where need_id = ${other}`.execute(db)
  await sql`
    insert into customers.need_note (customer_id, need_id, interaction_id, noted_at, noted_by)
    select customer_id, ${into}::uuid, interaction_id, noted_at, noted_by from customers.need_note where need_id = ${other} on conflict do nothing`.execute(
    db,
  )
  await sql`delete from customers.need_note where need_id = ${other}`.execute(db)
  return true
}

export async function linkProduct(db: Db, needId: string, productCode: string, by: string, now: Date): Promise<void> {
  await sql`
    insert into customers.need_product (need_id, product_code, linked_by, linked_at) values (${needId}, ${productCode}, ${by}, ${now}) on conflict do nothing`.execute(
    db,
  )
}

export async function unlinkProduct(db: Db, needId: string, productCode: string): Promise<void> {
  await sql`delete from customers.need_product where need_id = ${needId} and product_code = ${productCode}`.execute(db)
}

/** Products that answer some need of the register. */
export async function productsWithNeed(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ code: string }>`select distinct product_code as code from customers.need_product order by 1`.execute(db)
  return rows.map(({ code }) => code)
}

/** What some needs say, by their ids. */
export async function needTexts(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('customers.need').select(['id', 'text']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, text }) => [id, text]))
}
