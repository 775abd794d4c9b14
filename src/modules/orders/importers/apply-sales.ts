import type { Context } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'
import { unpackId } from '#platform/packed-id.ts'
import { netOf } from '../domain/order.ts'
import { type SaleToWrite, salesByIds, writeSales } from '../store/anonymous.ts'
import { lockForLoad } from '../store/write-purchases.ts'
import { type LoadOrder, packedOrder } from './apply-part.ts'
import { linesOf, numberOf, sumsKept } from './draft-order.ts'
import type { ArrangedPart } from './part.ts'

interface SaleTotals {
  anonymousSalesNew: number
  anonymousNetMinor: number
}

/** Brings sales without a customer in. */
export async function applySales(
  { db, now }: Context,
  part: ArrangedPart,
  load: LoadOrder,
  options: { readonly runId: string; readonly sourceId: number },
  totals: SaleTotals,
): Promise<void> {
  await lockForLoad(db)
  const sales = Array.from({ length: part.orders }, (_, order): SaleToWrite => {
    const draft = load(part, order)
    return {
      id: packedOrder(part, order),
      sourceId: options.sourceId,
      number: numberOf(draft),
      content: { ...draft.content },
      sums: sumsKept(draft),
      fingerprint: draft.fingerprint,
      lines: linesOf(draft),
      lineCount: draft.lineCount,
    }
  })
  const there = await salesByIds(
    db,
    sales.map((sale) => unpackId(sale.id)),
  )
  const known = (sale: SaleToWrite) => there.get(unpackId(sale.id))
  const fresh = sales.filter((sale) => known(sale) === undefined)
  const changed = sales.filter((sale) => known(sale) !== undefined && known(sale) !== sale.fingerprint)
  await writeSales(db, fresh, changed, { runId: options.runId, now })
  totals.anonymousSalesNew += fresh.length
  for (const { sums } of sales) totals.anonymousNetMinor += netOf(sums)
}

/** What bringing them in would find. */
export async function compareSales(db: Db, part: ArrangedPart, load: LoadOrder, totals: SaleTotals): Promise<void> {
  const ids = Array.from({ length: part.orders }, (_, order) => unpackId(packedOrder(part, order)))
  const there = await salesByIds(db, ids)
  totals.anonymousSalesNew += ids.length - there.size
  for (let order = 0; order < part.orders; order++) totals.anonymousNetMinor += netOf(load(part, order).sums)
}
