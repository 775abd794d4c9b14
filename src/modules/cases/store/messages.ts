import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { Channel } from '../domain/taxonomy.ts'

export interface StoredMessage {
  readonly id: string
  readonly caseId: string
  readonly direction: 'in' | 'out'
  readonly channel: Channel
  readonly body: string
  readonly at: Date
  readonly by: string
  readonly automatic: boolean
  readonly fileIds: readonly string[]
  readonly mailId: string | null
}

export async function insertMessage(db: Db, customerId: string, message: StoredMessage): Promise<void> {
  const { id, caseId, direction, channel, body, at, by, automatic, fileIds, mailId } = message
  await sql`
    insert into cases.message (customer_id, id, case_id, direction, channel, body, at, by, automatic, file_ids, mail_id)
    values (${customerId}::uuid, ${id}::uuid, ${caseId}::uuid, ${direction}, ${channel}, ${body}, ${at}::timestamptz, ${by}, ${automatic}, ${[...fileIds]}::uuid[], ${mailId}::uuid)`.execute(
    db,
  )
}

/** The newest messages of some cases of one customer, strictly before a place; the newest first. */
export async function messagesOf(
  db: Db,
  customerId: string,
  caseIds: readonly string[],
  before: { readonly at: Date; readonly id: string } | null,
  limit: number,
): Promise<readonly StoredMessage[]> {
  const behind = before ? sql`and (at, id) < (${before.at}::timestamptz, ${before.id}::uuid)` : sql``
  const { rows } = await sql<StoredMessage>`
    select id, case_id as "caseId", direction, channel, body, at, by, automatic, file_ids::text[] as "fileIds", mail_id as "mailId"
    from cases.message where customer_id = ${customerId}::uuid and case_id = any(${[...caseIds]}::uuid[]) ${behind}
    order by at desc, id desc limit ${limit}`.execute(db)
  return rows
}

/** What the customer wrote in a case, in order. */
export async function customersWords(db: Db, customerId: string, caseId: string, limit: number): Promise<readonly string[]> {
  const { rows } = await sql<{ body: string }>`
    select body from cases.message where customer_id = ${customerId}::uuid and case_id = ${caseId}::uuid and direction = 'in'
    order by at, id limit ${limit}`.execute(db)
  return rows.map(({ body }) => body)
}
