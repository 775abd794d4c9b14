import type { Db } from '#platform/database/connection.ts'
import { type Measure, type PointNote, wholePoints } from '../domain/worksheet.ts'

export interface Worksheet extends Measure {
  readonly points: readonly PointNote[]
  /** 0 while there is none. */
  readonly version: number
  readonly changedAt: Date | null
  readonly changedBy: string | null
}

export async function worksheetOf(db: Db, customerId: string): Promise<Worksheet> {
  const row = await db.selectFrom('commitments.worksheet').selectAll().where('customer_id', '=', customerId).executeTakeFirst()
  return {
    points: wholePoints((row?.points ?? []) as unknown as readonly PointNote[]),
    metric: row?.metric ?? null,
    before: row?.before_value == null ? null : Number(row.before_value),
    after: row?.after_value == null ? null : Number(row.after_value),
    version: row?.version ?? 0,
    changedAt: row?.changed_at ?? null,
    changedBy: row?.changed_by ?? null,
  }
}

/** Writes it one version on. False when somebody else was faster. */
export async function writeWorksheet(
  db: Db,
  customerId: string,
  { points, metric, before, after, version }: Pick<Worksheet, 'points' | 'version'> & Measure,
  on: { readonly by: string; readonly now: Date },
): Promise<boolean> {
  const values = {
    points: JSON.stringify(points),
    metric,
    before_value: before === null ? null : String(before),
    after_value: after === null ? null : String(after),
    version: version + 1,
    changed_at: on.now,
    changed_by: on.by,
  }
  const insert = db.insertInto('commitments.worksheet').values({ customer_id: customerId, ...values })
  const written =
    version === 0
      ? await insert
          .onConflict((conflict) => conflict.column('customer_id').doNothing())
          .returning('version')
          .executeTakeFirst()
      : await db
          .updateTable('commitments.worksheet')
          .set(values)
          .where('customer_id', '=', customerId)
          .where('version', '=', version)
          .returning('version')
          .executeTakeFirst()
  return written !== undefined
}
