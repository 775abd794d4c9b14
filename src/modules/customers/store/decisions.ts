import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { TimelineEntry } from '#platform/module.ts'

type Place = { readonly at: Date; readonly id: string } | null

/** Strictly before a place, newest first. The place may be another module's entry, whose id is no uuid; a uuid's text sorts as the uuid does. */
const newestBefore = (at: RawBuilder<unknown>, id: RawBuilder<unknown>, before: Place, limit: number) => sql`
  ${before ? sql`and ${at} <= ${before.at}::timestamptz and (${at}, ${id} collate "C") < (${before.at}::timestamptz, ${before.id}::text)` : sql``}
  order by ${at} desc, ${id} collate "C" desc limit ${limit}`

/** What a customer said about being addressed, as entries of the timeline at the moment when they said it. */
export async function consentEntries(db: Db, customerId: string, before: Place, limit: number): Promise<readonly TimelineEntry[]> {
  const { rows } = await sql<{
    id: string
    at: Date
    by: string
    given: boolean
    purpose: string
    channel: string
    summary: string | null
  }>`
    select id, decided_at as at, recorded_by as by, given, purpose, channel, note as summary from customers.consent
    where customer_id = ${customerId}::uuid ${newestBefore(sql`decided_at`, sql`id::text`, before, limit)}`.execute(db)
  return rows.map(({ id, at, by, given, purpose, channel, summary }) => ({
    id,
    at,
    kind: given ? 'customers.consented' : 'customers.refused',
    stage: null,
    by,
    values: { purpose, channel, ...(summary === null ? {} : { summary }) },
  }))
}

/** Who was merged into a customer, and which merges were undone; the undoing is an entry of its own. */
export async function mergeEntries(db: Db, customerId: string, before: Place, limit: number): Promise<readonly TimelineEntry[]> {
  const { rows } = await sql<{ id: string; at: Date; by: string; kind: string; name: string }>`
    select e.id, e.at, e.by, e.kind, e.name from (
      select id::text, made_at as at, made_by as by, 'customers.merged' as kind, merged_name as name from customers.merge where customer_id = ${customerId}::uuid
      union all
      select id::text || '/undone', undone_at, undone_by, 'customers.unmerged', merged_name from customers.merge
      where customer_id = ${customerId}::uuid and undone_at is not null
    ) e where true ${newestBefore(sql`e.at`, sql`e.id`, before, limit)}`.execute(db)
  return rows.map(({ id, at, by, kind, name }) => ({ id, at, kind, stage: null, by, values: { name } }))
}

/** When somebody else came to look after a customer: user ids, null for nobody. */
export async function ownerEntries(db: Db, customerId: string, before: Place, limit: number): Promise<readonly TimelineEntry[]> {
  const { rows } = await sql<{ id: string; at: Date; by: string; from: string | null; to: string | null }>`
    select id, changed_at as at, changed_by as by, before #>> '{}' as from, after #>> '{}' as to from customers.change
    where customer_id = ${customerId}::uuid and field = 'ownerId' ${newestBefore(sql`changed_at`, sql`id::text`, before, limit)}`.execute(
    db,
  )
  return rows.map(({ id, at, by, from, to }) => ({ id, at, kind: 'customers.owner', stage: null, by, values: { from, to } }))
}
