import { customerNames, sourceId } from '#modules/customers/public.ts'
import { organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { withTransaction } from '#platform/database/connection.ts'
import type { Importer, ImportOutcome, StreamJob } from '#platform/imports/importer.ts'
import { dayText } from '#platform/imports/mapped-rows.ts'
import { unpackId } from '#platform/packed-id.ts'
import { netOf } from '../domain/order.ts'
import { wallClockOffset } from '../domain/wall-clock.ts'
import { salesByIds, writeSales } from '../store/anonymous.ts'
import { buildBulkIndexes, dropBulkIndexes } from '../store/bulk-indexes.ts'
import { ensureProducts, readCatalogue } from '../store/catalogue.ts'
import { hasPurchases, lockForLoad } from '../store/write-purchases.ts'
import { applyPart, comparePart, countsOf } from './apply-part.ts'
import { assembler, type CustomerOrders, type PreparedSale } from './assemble.ts'
import { orderFields, orderOptions } from './order-fields.ts'
import { knownRates } from './rates-known.ts'
import { type ReadFile, readOrderFile } from './read-file.ts'
import { undoOrders } from './undo-orders.ts'

/** Where an import of orders stands. Reading repeats after a crash; parts that are in are not written again. */
interface Position {
  /** Parts of customers that are in, then parts of sales without a customer. */
  readonly parts: number
  readonly sales: number
  /** Whether there was no order at all when the run began. */
  readonly alone: boolean
  readonly counts: OrderCounts
}

interface OrderCounts {
  readonly new: number
  readonly changed: number
  readonly unchanged: number
  readonly conflicting: number
  readonly customers: number
  readonly anonymousSales: number
}

const nothing: OrderCounts = { new: 0, changed: 0, unchanged: 0, conflicting: 0, customers: 0, anonymousSales: 0 }

/** Loads of at least so many lines into an empty table are worth dropping indexes for. */
const bulkLines = 200_000

export const ordersImporter: Importer = {
  kind: 'orders',
  module: 'orders',
  permission: 'orders.write',
  fields: orderFields,
  options: orderOptions,
  work,
  undo: undoOrders,
}

async function work(job: StreamJob): Promise<ImportOutcome> {
  const position = job.position as Position | null
  const profile = await readSetting(job.database.db, organizationProfile)
  const fileCurrency = job.options.currency === '' ? profile.currency : job.options.currency!.toUpperCase()
  const rates = await knownRates(job.database.db, profile.currency)
  const file = await readOrderFile(job, {
    currency: profile.currency,
    fileCurrency,
    zone: wallClockOffset(profile.timeZone),
    hasRate: rates.has,
  })
  try {
    const catalogue = await readCatalogue(job.database.db, profile.currency)
    const number = job.dryRun ? 0 : await withTransaction(job.database, (db) => sourceId(db, job.source))
    const assemble = assembler({
      source: job.source,
      sourceId: number,
      catalogue,
      cancellationPrefix: job.options.cancellationPrefix ?? '',
      rate: rates.on,
    })
    const totals = { net: 0, refunds: 0, orders: 0, customers: 0, anonymousNet: 0 }
    const counted = job.dryRun
      ? await rehearse(job, file, assemble, totals)
      : await load(job, file, assemble, totals, number, position ?? (await begin(job, file)))
    return outcome(job, file, counted, totals)
  } finally {
    file.remove()
  }
}

/** Everything that concerns the file as a whole is written before the first order. */
async function begin(job: StreamJob, file: ReadFile): Promise<Position> {
  const alone = !(await hasPurchases(job.database.db))
  const position = { parts: 0, sales: 0, alone, counts: nothing }
  await job.step(position, async ({ db, now }) => {
    const products = [...file.products.values()]
    for (let from = 0; from < products.length; from += 5000)
      await ensureProducts(db, products.slice(from, from + 5000), { runId: job.runId, now })
    await job.rejects.keep(db)
    if (alone && file.lines >= bulkLines) await dropBulkIndexes(db)
  })
  return position
}

interface Totals {
  net: number
  refunds: number
  orders: number
  customers: number
  anonymousNet: number
}

async function load(
  job: StreamJob,
  file: ReadFile,
  assemble: ReturnType<typeof assembler>,
  totals: Totals,
  sourceId: number,
  from: Position,
): Promise<OrderCounts> {
  let counts = from.counts
  const options = {
    runId: job.runId,
    source: job.source,
    sourceId,
    requestedBy: job.requestedBy,
    alone: from.alone,
    conflict: job.options.conflict ?? 'hand',
  }
  const total = file.lines
  let done = 0
  for (let part = 0; part < file.parts; part++) {
    const lines = file.customerLines(part)
    if (lines.length === 0) continue
    const customers = assemble.customers(lines)
    addTotals(totals, customers)
    done += lines.length
    if (part < from.parts) continue
    const position = { ...from, parts: part + 1, counts }
    await job.step(position, async (context) => {
      const { customersMade, ...more } = await applyPart(context, customers, options)
      counts = added(counts, { ...more, customers: customersMade, anonymousSales: 0 })
      position.counts = counts
    })
    await job.progress({ phase: 'writing', done, total })
  }
  for (let part = 0; part < file.parts; part++) {
    const lines = file.anonymousLines(part)
    if (lines.length === 0) continue
    const sales = assemble.sales(lines)
    for (const { sums } of sales) totals.anonymousNet += netOf(sums)
    done += lines.length
    if (part < from.sales) continue
    const position = { ...from, parts: file.parts, sales: part + 1, counts }
    await job.step(position, async (context) => {
      counts = added(counts, { ...nothing, anonymousSales: await applySales(context, sales, job.runId) })
      position.counts = counts
    })
    await job.progress({ phase: 'writing', done, total })
  }
  if (from.alone && total >= bulkLines) {
    await job.progress({ phase: 'indexing', done: total, total })
    await job.step({ ...from, parts: file.parts, sales: file.parts, counts }, ({ db }) => buildBulkIndexes(db))
  }
  return counts
}

async function applySales({ db, now }: Context, sales: readonly PreparedSale[], runId: string): Promise<number> {
  await lockForLoad(db)
  const there = await salesByIds(
    db,
    sales.map((sale) => unpackId(sale.id)),
  )
  const known = (sale: PreparedSale) => there.get(unpackId(sale.id))
  const fresh = sales.filter((sale) => known(sale) === undefined)
  const changed = sales.filter((sale) => known(sale) !== undefined && known(sale) !== sale.fingerprint)
  await writeSales(db, fresh, changed, { runId, now })
  return fresh.length
}

/** The same comparison as the real thing, reading only. */
async function rehearse(job: StreamJob, file: ReadFile, assemble: ReturnType<typeof assembler>, totals: Totals): Promise<OrderCounts> {
  let counts = nothing
  const alone = !(await hasPurchases(job.database.db))
  let done = 0
  for (let part = 0; part < file.parts; part++) {
    const lines = file.customerLines(part)
    if (lines.length === 0) continue
    const customers = assemble.customers(lines)
    addTotals(totals, customers)
    const more = await withTransaction(
      job.database,
      async (db) => {
        const compared = await comparePart({ db } as Context, customers, { alone, conflict: job.options.conflict ?? 'hand' })
        const names = await customerNames(
          db,
          customers.map((c) => unpackId(c.customer)),
        )
        return { ...countsOf(compared), customers: customers.length - names.size, anonymousSales: 0 }
      },
      { readOnly: true },
    )
    counts = added(counts, more)
    done += lines.length
    await job.progress({ phase: 'comparing', done, total: file.lines })
  }
  for (let part = 0; part < file.parts; part++) {
    const sales = assemble.sales(file.anonymousLines(part))
    for (const { sums } of sales) totals.anonymousNet += netOf(sums)
    const there = await salesByIds(
      job.database.db,
      sales.map((sale) => unpackId(sale.id)),
    )
    counts = added(counts, { ...nothing, anonymousSales: sales.length - there.size })
  }
  await withTransaction(job.database, (db) => job.rejects.keep(db))
  return counts
}

function addTotals(totals: Totals, customers: readonly CustomerOrders[]): void {
  totals.customers += customers.length
  for (const { orders } of customers) {
    totals.orders += orders.length
    for (const { sums } of orders) {
      totals.net += netOf(sums)
      if (sums.refundMinor > 0) totals.refunds++
    }
  }
}

function outcome(job: StreamJob, file: ReadFile, counts: OrderCounts, totals: Totals): ImportOutcome {
  const { customers, anonymousSales, ...orders } = counts
  return {
    rows: file.rows,
    rejected: job.rejects.count,
    counts: {
      ...orders,
      orders: totals.orders,
      refunds: totals.refunds,
      customers: totals.customers,
      customersNew: customers,
      anonymousSalesNew: anonymousSales,
      anonymousLines: file.anonymous,
      anonymousNetMinor: totals.anonymousNet,
    },
    problems: job.rejects.first,
    days: file.days === null ? null : { from: dayText(file.days.first), to: dayText(file.days.last) },
    netMinor: totals.net + totals.anonymousNet,
  }
}

function added(a: OrderCounts, b: OrderCounts): OrderCounts {
  return {
    new: a.new + b.new,
    changed: a.changed + b.changed,
    unchanged: a.unchanged + b.unchanged,
    conflicting: a.conflicting + b.conflicting,
    customers: a.customers + b.customers,
    anonymousSales: a.anonymousSales + b.anonymousSales,
  }
}
