import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { ConsentChannel, ConsentEntry, Purpose } from '../domain/consent.ts'

export interface LedgerEntry extends ConsentEntry {
  readonly textVersion: number | null
  readonly origin: string
  readonly note: string | null
  readonly by: string
  readonly recordedAt: Date
}
export interface NewEntry extends Omit<LedgerEntry, 'recordedAt'> {
  readonly customerId: string
  readonly runId: string | null
}

/** Everything that some customers ever said about being addressed, newest first. */
export async function readLedger(db: Db, customerIds: readonly string[]): Promise<ReadonlyMap<string, readonly LedgerEntry[]>> {
  if (customerIds.length === 0) return new Map()
  const { rows } = await sql<LedgerEntry & { customerId: string }>`
    select customer_id as "customerId", id, purpose, channel, given, text_version as "textVersion", decided_at as at, origin, note,
      recorded_by as by, recorded_at as "recordedAt"
    from customers.consent where customer_id = any(${customerIds}::uuid[]) order by customer_id, decided_at desc, given, id desc`.execute(
    db,
  )
  return Map.groupBy(rows, (row) => row.customerId)
}

/** Appends to the ledger; nothing else ever writes it. */
export async function appendConsents(db: Db, entries: readonly NewEntry[], now: Date): Promise<void> {
  if (entries.length === 0) return
  await db
    .insertInto('customers.consent')
    .values(
      entries
        .toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1))
        .map((entry) => ({
          customer_id: entry.customerId,
          id: entry.id,
          purpose: entry.purpose,
          channel: entry.channel,
          given: entry.given,
          text_version: entry.textVersion,
          decided_at: entry.at,
          origin: entry.origin,
          note: entry.note,
          recorded_by: entry.by,
          recorded_at: now,
          run_id: entry.runId,
        })),
    )
    .execute()
}

export interface BroughtConsent {
  readonly customerId: string
  readonly purpose: string
  readonly channel: string
  /** The source. */
  readonly note: string | null
  /** The run's own entries. */
  readonly entries: readonly string[]
}

/** Consents that a run brought, so that its undoing can take them back. */
export async function consentsOfRun(db: Db, runId: string, customerIds: readonly string[]): Promise<readonly BroughtConsent[]> {
  if (customerIds.length === 0) return []
  const { rows } = await sql<BroughtConsent>`
    select customer_id as "customerId", purpose, channel, note, array_agg(id) as entries from customers.consent
    where run_id = ${runId}::uuid and given and customer_id = any(${customerIds}::uuid[]) group by 1, 2, 3, 4 order by 1, 2, 3, 4`.execute(
    db,
  )
  return rows
}

/** Customers, some at a time in ascending order, who have a consent of a run. */
export async function consentingOfRun(db: Db, runId: string, after: string | null, limit: number): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct customer_id as id from customers.consent
    where run_id = ${runId}::uuid and given and customer_id > ${after ?? '00000000-0000-0000-0000-000000000000'}::uuid order by 1 limit ${limit}`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}

/** The same fold as `isAllowed` of the domain, as a condition on row `c`: for lists of many. Those without an address for the channel are nobody to write to. */
export function mayBeAddressed({
  purpose,
  channel,
  needs,
}: {
  purpose: string
  channel: ConsentChannel
  needs: Purpose['needs']
}): RawBuilder<unknown> {
  const latest = sql`(
    select e.given from customers.consent e
    where e.customer_id = c.customer_id and e.purpose in (${purpose}, 'all') and e.channel in (${channel}, 'all')
    order by e.decided_at desc, e.given, e.id desc limit 1)`
  const said =
    needs === 'nothing'
      ? sql`coalesce(${latest}, true)`
      : sql`(c.customer_id in (select customer_id from customers.consent where given and purpose = ${purpose} and channel = ${channel}) and coalesce(${latest}, false))`
  return sql`(${said} and ${hasWay[channel]})`
}

const further = (kind: string) =>
  sql`exists (select from customers.contact_point p where p.customer_id = c.customer_id and p.person_id is null and p.kind = ${sql.lit(kind)} and p.value is not null)`
const hasWay: Readonly<Record<ConsentChannel, RawBuilder<unknown>>> = {
  email: sql`(c.email is not null or ${further('email')})`,
  phone: sql`(c.phone is not null or ${further('phone')})`,
  message: sql`(c.phone is not null or ${further('phone')})`,
  letter: sql`(c.address is not null or ${further('address')})`,
  chat: further('messenger'),
}
