import { sql } from 'kysely'
import { copyIn, microseconds } from '#platform/database/binary-copy.ts'
import type { Db } from '#platform/database/connection.ts'
import { unpackId } from '#platform/packed-id.ts'
import { countSales, recountSales } from './anonymous-months.ts'
import { numericBytes, type PreparedOrder } from './copy-orders.ts'

export interface SaleToWrite extends Omit<PreparedOrder, 'customer' | 'refundOf'> {
  readonly lineCount: number
}

/** Fingerprints of the sales that are there, by uuid. */
export async function salesByIds(db: Db, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; fingerprint: number }>`
    select id, fingerprint from orders.anonymous_sale where id = any(${ids}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, fingerprint }) => [id, fingerprint]))
}

/** Replaces the sales that are there, keeping what they were, and inserts the others. */
export async function writeSales(
  db: Db,
  fresh: readonly SaleToWrite[],
  changed: readonly SaleToWrite[],
  by: { readonly runId: string; readonly now: Date },
): Promise<void> {
  const ids = changed.map((sale) => unpackId(sale.id))
  if (ids.length > 0) {
    await sql`
      insert into orders.anonymous_before (run_id, id, before) select ${by.runId}::uuid, s.id, to_jsonb(s) from orders.anonymous_sale s
      where s.id = any(${ids}::uuid[]) on conflict (run_id, id) do nothing`.execute(db)
    await countSales(db, ids, -1)
    await sql`delete from orders.anonymous_sale where id = any(${ids}::uuid[])`.execute(db)
  }
  await copySales(db, fresh, by, null)
  await copySales(db, changed, by, by.runId)
  await countSales(
    db,
    [...fresh, ...changed].map((sale) => unpackId(sale.id)),
    1,
  )
}

async function copySales(
  db: Db,
  sales: readonly SaleToWrite[],
  by: { readonly runId: string; readonly now: Date },
  changedBy: string | null,
): Promise<void> {
  if (sales.length === 0) return
  const run = Buffer.from(by.runId.replaceAll('-', ''), 'hex')
  const id = Buffer.alloc(16)
  const now = microseconds(by.now.getTime())
  const target = `orders.anonymous_sale (id, source_id, number, day, currency, rate, line_count, lines, revenue_minor, discount_minor, refund_minor, fingerprint, made_by_run,
    changed_by_run, updated_at)`
  await copyIn(db, target, async (rows) => {
    for (const { content, sums, ...sale } of sales) {
      rows.row(15)
      id.write(sale.id, 'latin1')
      rows.uuid(id, 0)
      rows.int2(sale.sourceId)
      if (sale.number === null) rows.null()
      else rows.text(sale.number)
      rows.day(content.day)
      if (content.currency === null) rows.null()
      else rows.text(content.currency)
      if (content.rate === null) rows.null()
      else rows.bytes(numericBytes(content.rate))
      rows.int4(sale.lineCount)
      rows.text(sale.lines)
      rows.int8(sums.revenueMinor)
      rows.int8(sums.discountMinor)
      rows.int8(sums.refundMinor)
      rows.int8(sale.fingerprint)
      rows.uuid(run, 0)
      if (changedBy === null) rows.null()
      else rows.uuid(run, 0)
      rows.int8(now)
      if (rows.full) await rows.flush()
    }
  })
}

/** Takes back what a run did to sales without a customer; what another run has changed since stays. */
export async function undoSales(db: Db, runId: string): Promise<{ removed: number; restored: number }> {
  const restored = await sql`
    with mine as (delete from orders.anonymous_sale s using orders.anonymous_before b where b.run_id = ${runId}::uuid and b.id = s.id and s.changed_by_run = ${runId}::uuid returning b.before)
    insert into orders.anonymous_sale select r.* from mine, jsonb_populate_record(null::orders.anonymous_sale, mine.before) r`.execute(db)
  const removed = await sql`
    delete from orders.anonymous_sale where made_by_run = ${runId}::uuid and changed_by_run is null`.execute(db)
  await sql`delete from orders.anonymous_before where run_id = ${runId}::uuid`.execute(db)
  await recountSales(db)
  return { removed: Number(removed.numAffectedRows ?? 0n), restored: Number(restored.numAffectedRows ?? 0n) }
}
