import { type RawBuilder, sql } from 'kysely'
import type { Reach } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'

/** What goes with touches: files, colleagues who are mentioned, and needs that were heard. */
export interface TouchParts {
  readonly attachments: readonly { readonly fileId: string; readonly name: string; readonly bytes: number }[]
  readonly mentions: readonly string[]
  readonly needs: readonly { readonly id: string; readonly text: string }[]
}
export const noParts: TouchParts = { attachments: [], mentions: [], needs: [] }

/** The parts of some touches of one customer. */
export async function partsOf(db: Db, customerId: string, ids: readonly string[]): Promise<ReadonlyMap<string, TouchParts>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string } & TouchParts>`
    select i.id,
      (select coalesce(json_agg(json_build_object('fileId', a.file_id, 'name', a.name, 'bytes', a.bytes) order by a.name, a.file_id), '[]')
        from customers.attachment a where a.customer_id = i.customer_id and a.interaction_id = i.id) as attachments,
      (select coalesce(json_agg(m.user_id order by m.user_id), '[]')
        from customers.mention m where m.customer_id = i.customer_id and m.interaction_id = i.id) as mentions,
      (select coalesce(json_agg(json_build_object('id', d.id, 'text', d.text) order by d.text, d.id), '[]')
        from customers.need_note n join customers.need d on d.id = n.need_id where n.customer_id = i.customer_id and n.interaction_id = i.id) as needs
    from customers.interaction i where i.customer_id = ${customerId} and i.id = any(${ids}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, ...parts }) => [id, parts]))
}

interface OfTouch {
  readonly customerId: string
  readonly interactionId: string
  readonly by: string
  readonly now: Date
}

export async function insertAttachments(
  db: Db,
  { customerId, interactionId, by, now }: OfTouch,
  files: readonly { readonly id: string; readonly name: string; readonly bytes: number }[],
): Promise<void> {
  if (files.length === 0) return
  await db
    .insertInto('customers.attachment')
    .values(
      files.map(({ id, name, bytes }) => ({
        customer_id: customerId,
        file_id: id,
        interaction_id: interactionId,
        name,
        bytes,
        added_by: by,
        added_at: now,
      })),
    )
    .execute()
}

/** Whether a file goes with a touch of the customer that was not withdrawn. */
export async function hasAttachment(db: Db, customerId: string, fileId: string): Promise<boolean> {
  const { rows } = await sql`
    select from customers.attachment a join customers.interaction i on i.customer_id = a.customer_id and i.id = a.interaction_id
    where a.customer_id = ${customerId} and a.file_id = ${fileId} and i.withdrawn_at is null`.execute(db)
  return rows.length > 0
}

/** The touch that a file of a customer goes with, whether it was withdrawn or not. */
export async function touchOfAttachment(db: Db, customerId: string, fileId: string): Promise<string | null> {
  const row = await db
    .selectFrom('customers.attachment')
    .select('interaction_id')
    .where('customer_id', '=', customerId)
    .where('file_id', '=', fileId)
    .executeTakeFirst()
  return row?.interaction_id ?? null
}

export async function deleteAttachment(db: Db, customerId: string, fileId: string): Promise<void> {
  await db.deleteFrom('customers.attachment').where('customer_id', '=', customerId).where('file_id', '=', fileId).execute()
}

/** Sets whom a touch mentions; returns those who were not mentioned before. */
export async function writeMentions(
  db: Db,
  { customerId, interactionId, now }: OfTouch,
  userIds: readonly string[],
): Promise<readonly string[]> {
  await sql`
    delete from customers.mention where customer_id = ${customerId} and interaction_id = ${interactionId} and user_id <> all(${userIds}::text[])`.execute(
    db,
  )
  const { rows } = await sql<{ id: string }>`
    insert into customers.mention (customer_id, interaction_id, user_id, mentioned_at)
    select ${customerId}::uuid, ${interactionId}::uuid, x.id, ${now}::timestamptz from unnest(${userIds}::text[]) x (id)
    on conflict do nothing returning user_id as id`.execute(db)
  return rows.map(({ id }) => id)
}

export interface Mention {
  readonly interactionId: string
  readonly customerId: string
  readonly customerName: string
  readonly at: Date
  readonly by: string
  readonly summary: string
  readonly nextStep: string | null
  readonly nextStepOn: string | null
}

/** Where somebody was mentioned, of customers within reach, newest first. */
export async function listMentions(
  db: Db,
  userId: string,
  reach: Reach,
  after: { at: string; id: string } | null,
  limit: number,
): Promise<readonly Mention[]> {
  const conditions: RawBuilder<unknown>[] = [
    sql`m.user_id = ${userId}`,
    sql`i.withdrawn_at is null`,
    ...(reach === 'all' ? [] : [sql`c.owner_id = any(${reach}::text[])`]),
    ...(after === null ? [] : [sql`(m.mentioned_at, m.interaction_id) < (${after.at}::timestamptz, ${after.id}::uuid)`]),
  ]
  const { rows } = await sql<Mention>`
    select m.interaction_id as "interactionId", m.customer_id as "customerId", c.name as "customerName", m.mentioned_at as at, i.recorded_by as by, i.summary,
      i.next_step as "nextStep", i.next_step_on as "nextStepOn"
    from customers.mention m
    join customers.interaction i on i.customer_id = m.customer_id and i.id = m.interaction_id
    join customers.customer c on c.customer_id = m.customer_id
    where ${sql.join(conditions, sql` and `)} order by m.mentioned_at desc, m.interaction_id desc limit ${limit}`.execute(db)
  return rows
}

export interface TouchTemplate {
  readonly id: string
  readonly name: string
  readonly shared: boolean
  readonly content: unknown
  readonly version: number
}

export async function listTemplates(db: Db, userId: string): Promise<readonly TouchTemplate[]> {
  const { rows } = await sql<TouchTemplate>`
    select id, name, owner_id is null as shared, content, version from customers.touch_template
    where owner_id = ${userId} or owner_id is null order by name, id`.execute(db)
  return rows
}

/** Writes a template in place of the given version of its name, or of none (0); null where another one lies there by now. */
export async function writeTemplate(
  db: Db,
  ownerId: string | null,
  template: Omit<TouchTemplate, 'shared'>,
  now: Date,
): Promise<TouchTemplate | null> {
  const { rows } = await sql<TouchTemplate>`
    insert into customers.touch_template as t (id, owner_id, name, content, created_at)
    select ${template.id}::uuid, ${ownerId}::text, ${template.name}, ${JSON.stringify(template.content)}::jsonb, ${now}::timestamptz
    where ${template.version} = 0 or exists (select from customers.touch_template where owner_id is not distinct from ${ownerId}::text and name = ${template.name})
    on conflict (owner_id, name) do update set content = excluded.content, version = t.version + 1 where t.version = ${template.version}
    returning id, name, owner_id is null as shared, content, version`.execute(db)
  return rows[0] ?? null
}

/** Which version a template is that somebody may remove, held until the transaction ends; undefined where there is none. */
export async function templateVersion(db: Db, userId: string, id: string): Promise<number | undefined> {
  const { rows } = await sql<{ version: number }>`
    select version from customers.touch_template where id = ${id} and (owner_id = ${userId} or owner_id is null) for update`.execute(db)
  return rows[0]?.version
}

export async function deleteTemplate(db: Db, id: string): Promise<void> {
  await sql`delete from customers.touch_template where id = ${id}`.execute(db)
}
