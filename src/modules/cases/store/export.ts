import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import { type CaseRow, columnsWith } from './cases.ts'

/** A case as files hold it. */
export interface ExportedRow extends CaseRow {
  readonly receivedOn: string
  readonly dissatisfaction: string | null
  readonly productCode: string | null
  readonly acknowledgedAt: Date | null
  readonly answeredAt: Date | null
  readonly satisfied: boolean | null
  readonly minutes: number
  readonly remedyMinor: number
  readonly recoveredMinor: number
}

export interface ExportWish {
  readonly from: string | null
  readonly to: string | null
  readonly kinds: readonly string[] | null
  readonly states: readonly string[] | null
}

const exported = columnsWith(
  'f.received_on as "receivedOn"',
  'f.dissatisfaction',
  'c.product_code as "productCode"',
  'c.acknowledged_at as "acknowledgedAt"',
  'c.answered_at as "answeredAt"',
  'c.satisfied',
  'c.minutes',
  'c.remedy_minor as "remedyMinor"',
  'c.recovered_minor as "recoveredMinor"',
)

/** Cases by the day of their receipt, the last first. */
export async function exportedCases(
  db: Db,
  { from, to, kinds, states }: ExportWish,
  after: { readonly day: string; readonly id: string } | null,
  limit: number,
): Promise<readonly ExportedRow[]> {
  const parts = [
    sql`true`,
    ...(from ? [sql`f.received_on >= ${from}::date`] : []),
    ...(to ? [sql`f.received_on <= ${to}::date`] : []),
    ...(kinds ? [sql`f.kind = any(${kinds}::text[])`] : []),
    ...(states ? [sql`f.state = any(${states}::text[])`] : []),
    ...(after ? [sql`(f.received_on, f.case_id) < (${after.day}::date, ${after.id}::uuid)`] : []),
  ]
  const { rows } = await sql<ExportedRow>`
    select ${exported} from (
      select * from cases.figure f where ${sql.join(parts, sql` and `)} order by f.received_on desc, f.case_id desc limit ${limit}) f
    join cases.case c on c.customer_id = f.customer_id and c.id = f.case_id order by f.received_on desc, f.case_id desc`.execute(db)
  return rows
}
