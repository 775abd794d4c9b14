import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'

/** A file that goes with a case; `seq` is the event that brought it. */
export interface Attachment {
  readonly fileId: string
  readonly name: string
  readonly bytes: number
  readonly by: string
  readonly at: Date
  readonly seq: number
}

export async function insertAttachments(db: Db, customerId: string, caseId: string, files: readonly Attachment[]): Promise<void> {
  if (files.length === 0) return
  await db
    .insertInto('cases.attachment')
    .values(
      files.map(({ fileId, name, bytes, by, at, seq }) => ({
        customer_id: customerId,
        case_id: caseId,
        file_id: fileId,
        seq,
        name,
        bytes,
        added_by: by,
        added_at: at,
      })),
    )
    .execute()
}

/** The files of a case in the order in which they came. */
export async function attachmentsOf(db: Db, customerId: string, caseId: string): Promise<readonly Attachment[]> {
  const { rows } = await sql<Attachment>`
    select file_id as "fileId", name, bytes, added_by as by, added_at as at, seq from cases.attachment
    where customer_id = ${customerId}::uuid and case_id = ${caseId}::uuid order by seq, name, file_id`.execute(db)
  return rows.map((row) => ({ ...row, bytes: Number(row.bytes) }))
}

/** The files of all cases of some customers. */
export async function filesOfCustomers(db: Db, customerIds: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct file_id as id from cases.attachment where customer_id = any(${customerIds}::uuid[])`.execute(db)
  return rows.map(({ id }) => id)
}
