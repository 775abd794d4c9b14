import { archiveIsEmpty, buildListIndexes, customerNames, dropListIndexes, sourceId } from '#modules/customers/public.ts'
import { organizationProfile, readSetting, wallClockOffset } from '#modules/organization/public.ts'
import { withTransaction } from '#platform/database/connection.ts'
import type { Importer, ImportOutcome, StreamJob } from '#platform/imports/importer.ts'
import { dayText } from '#platform/imports/mapped-rows.ts'
import { buildBulkIndexes, dropBulkIndexes, othersThan, whileAlone } from '../store/bulk-indexes.ts'
import { ensureProducts, readCatalogue } from '../store/catalogue.ts'
import { hasPurchases } from '../store/write-purchases.ts'
import { applyPart, customerAt, type LoadOrder } from './apply-part.ts'
import { applySales, compareSales } from './apply-sales.ts'
import { applyTerms, compareTerms } from './apply-terms.ts'
import { comparePart, type PartCounts, type Tally, tally } from './compare-part.ts'
import { orderLoader } from './draft-order.ts'
import { inLanes, turns } from './lanes.ts'
import { orderFields, orderOptions } from './order-fields.ts'
import { arrange, newRoom, orderIds, saleIds } from './part.ts'
import { termsOfPart } from './part-terms.ts'
import { knownRates } from './rates-known.ts'
import { type ReadFile, readOrderFile } from './read-file.ts'
import { termFields } from './term-fields.ts'
import { withoutTooLarge } from './too-large.ts'
import { undoOrders } from './undo-orders.ts'

/** Where an import of orders stands. Reading repeats after a crash; parts that are in are not written again. */
interface Position {
  /** Parts of customers that are in, then parts of sales without a customer. */
  readonly parts: readonly number[]
  readonly sales: number
  /** Whether the run has the table to itself: it was empty when the run began. */
  readonly alone: boolean
  /** Whether there were no customers at all when the run began. */
  readonly emptyArchive: boolean
  readonly totals: Totals
}

/** What has been found and done so far. */
interface Totals extends Tally {
  new: number
  changed: number
  unchanged: number
  conflicting: number
  customers: number
  customersNew: number
  anonymousSalesNew: number
  anonymousNetMinor: number
  termsNew: number
  termsChanged: number
}

const nothing: Totals = {
  new: 0,
  changed: 0,
  unchanged: 0,
  conflicting: 0,
  orders: 0,
  refunds: 0,
  netMinor: 0,
  customers: 0,
  customersNew: 0,
  anonymousSalesNew: 0,
  anonymousNetMinor: 0,
  termsNew: 0,
  termsChanged: 0,
}

/** Loads of at least so many lines into an empty table get it to themselves. */
const bulkLines = 20_000

export const ordersImporter: Importer = {
  kind: 'orders',
  module: 'orders',
  permission: 'orders.write',
  // Customers are named by their addresses and numbers, too.
  personal: 'customers.read-personal',
  fields: [...orderFields, ...termFields],
  options: orderOptions,
  work,
  undo: undoOrders,
}

async function work(job: StreamJob): Promise<ImportOutcome> {
  const profile = await readSetting(job.database.db, organizationProfile)
  const fileCurrency = job.options.currency === '' ? profile.currency : job.options.currency!.toUpperCase()
  const rates = await knownRates(job.database.db, profile.currency)
  const file = await readOrderFile(job, {
    currency: profile.currency,
    fileCurrency,
    zone: wallClockOffset(profile.timeZone),
    hasRate: rates.has,
    rate: rates.on,
  })
  try {
    const catalogue = await readCatalogue(job.database.db, profile.currency)
    const loadOrder = orderLoader({
      catalogue,
      costs: catalogue.size > 0,
      cancellationPrefix: job.options.cancellationPrefix ?? '',
      rate: rates.on,
    })
    const usable = await withoutTooLarge(job, file, loadOrder)
    const totals = await (job.dryRun
      ? rehearse(job, usable, loadOrder)
      : load(job, usable, { loadOrder, catalogueCosts: catalogue.size > 0 }))
    return outcome(job, usable, totals)
  } finally {
    file.remove()
  }
}

/** What makes orders of the rows, and whether the catalogue knows what goods cost. */
interface Orders {
  readonly loadOrder: LoadOrder
  readonly catalogueCosts: boolean
}

/** Brings the file in; many orders into an empty table the quick way, with the table to itself. */
async function load(job: StreamJob, file: ReadFile, orders: Orders): Promise<Totals> {
  const started = job.position as Position | null
  const empty = started?.alone ?? !(await hasPurchases(job.database.db))
  if (!empty || file.lines < bulkLines) return bringIn(job, file, orders, started ?? (await begin(job, file, false)))
  return whileAlone(job.database, async () => {
    const alone = !(await othersThan(job.database.db, job.runId))
    try {
      const position = started ?? (await begin(job, file, alone))
      if (alone && started) await job.step(started, ({ db }) => dropBulkIndexes(db))
      if (!alone) await withTransaction(job.database, buildBulkIndexes)
      return await bringIn(job, file, orders, { ...position, alone })
    } finally {
      await job.progress({ phase: 'indexing', done: file.lines, total: file.lines }).catch(() => {})
      await withTransaction(job.database, buildBulkIndexes)
      await withTransaction(job.database, buildListIndexes)
    }
  })
}

/** Everything that concerns the file as a whole is written before the first order. */
async function begin(job: StreamJob, file: ReadFile, alone: boolean): Promise<Position> {
  const position = { parts: [], sales: 0, alone, emptyArchive: false, totals: nothing }
  await job.step(position, async ({ db, now }) => {
    const products = [...file.products]
    for (let from = 0; from < products.length; from += 5000)
      await ensureProducts(db, products.slice(from, from + 5000), { runId: job.runId, now })
    await job.rejects.keep(db)
    if (!alone) return
    await dropBulkIndexes(db)
    position.emptyArchive = await archiveIsEmpty(db)
    if (position.emptyArchive) await dropListIndexes(db)
  })
  return position
}

async function bringIn(job: StreamJob, file: ReadFile, { loadOrder, catalogueCosts }: Orders, from: Position): Promise<Totals> {
  const number = await withTransaction(job.database, (db) => sourceId(db, job.source))
  const options = {
    runId: job.runId,
    source: job.source,
    sourceId: number,
    requestedBy: job.requestedBy,
    alone: from.alone,
    emptyArchive: from.emptyArchive,
    catalogueCosts,
    conflict: job.options.conflict ?? 'hand',
  }
  const ids = orderIds(job.source)
  const saleNames = saleIds(job.source)
  let position = from
  let done = 0
  const inTurn = turns()
  // Elsewhere a part takes the whole table for itself, see applyPart.
  const lanes = from.alone ? 2 : 1
  const rooms = Array.from({ length: lanes }, newRoom)
  await inLanes(lanes, file.parts, async (part, lane) => {
    const room = rooms[lane]!
    const lines = file.customerLines(part, room.memory)
    if (lines.count > 0 && !from.parts.includes(part)) {
      const arranged = arrange(lines, ids, file.unusable, room)
      const said = file.termsOf && termsOfPart(arranged, file.termsOf(part))
      const next = { ...position }
      await inTurn(async (come) => {
        await job.step(next, async (context) => {
          const found = { ...nothing }
          if (arranged.customers > 0) {
            const { customersMade, ...counts } = await applyPart(context, arranged, loadOrder, options, found)
            addCounts(found, counts)
            found.customers = arranged.customers
            found.customersNew = customersMade
            if (said) Object.assign(found, await applyTerms(context, said, options))
          }
          // The position says which parts are in, so that they are committed one after the other.
          await come()
          Object.assign(next, { parts: [...position.parts, part], totals: sumOf(position.totals, found) })
        })
        position = next
      })
    }
    done += lines.count
    await job.progress({ phase: 'writing', done, total: file.lines })
  })
  let { totals } = position
  for (let part = 0; part < file.parts; part++) {
    const lines = file.anonymousLines(part)
    done += lines.count
    if (lines.count === 0 || part < from.sales) continue
    const arranged = arrange(lines, saleNames, file.unusable)
    const next = { ...totals }
    await job.step({ ...position, sales: part + 1, totals: next }, async (context) => {
      Object.assign(next, totals)
      await applySales(context, arranged, loadOrder, options, next)
    })
    totals = next
    await job.progress({ phase: 'writing', done, total: file.lines })
  }
  return totals
}

const sumOf = (a: Totals, b: Totals): Totals =>
  Object.fromEntries(Object.entries(a).map(([name, value]) => [name, value + b[name as keyof Totals]])) as unknown as Totals

/** The same comparison as the real thing, reading only. */
async function rehearse(job: StreamJob, file: ReadFile, load: LoadOrder): Promise<Totals> {
  const totals = { ...nothing }
  const alone = !(await hasPurchases(job.database.db))
  const ids = orderIds(job.source)
  const saleNames = saleIds(job.source)
  let done = 0
  for (let part = 0; part < file.parts; part++) {
    const lines = file.customerLines(part)
    if (lines.count === 0) continue
    const arranged = arrange(lines, ids, file.unusable)
    await withTransaction(
      job.database,
      async (db) => {
        const { counts } = await comparePart(db, arranged, load, { alone, conflict: job.options.conflict ?? 'hand' }, totals)
        if (alone) for (let order = 0; order < arranged.orders; order++) tally(totals, load(arranged, order).sums)
        addCounts(totals, counts)
        if (file.termsOf) {
          const said = termsOfPart(arranged, file.termsOf(part))
          const { fresh, changed } = await compareTerms(db, said, { alone, conflict: job.options.conflict ?? 'hand' })
          totals.termsNew += fresh.length
          totals.termsChanged += changed.length
        }
        const customerIds = Array.from({ length: arranged.customers }, (_, customer) => customerAt(arranged, customer))
        totals.customers += customerIds.length
        totals.customersNew += customerIds.length - (await customerNames(db, customerIds)).size
      },
      { readOnly: true },
    )
    done += lines.count
    await job.progress({ phase: 'comparing', done, total: file.lines })
  }
  for (let part = 0; part < file.parts; part++) {
    const lines = file.anonymousLines(part)
    if (lines.count > 0) await compareSales(job.database.db, arrange(lines, saleNames, file.unusable), load, totals)
  }
  await withTransaction(job.database, (db) => job.rejects.keep(db))
  return totals
}

function addCounts(totals: Totals, counts: PartCounts): void {
  totals.new += counts.new
  totals.changed += counts.changed
  totals.unchanged += counts.unchanged
  totals.conflicting += counts.conflicting
}

function outcome(job: StreamJob, file: ReadFile, { netMinor, termsNew, termsChanged, ...totals }: Totals): ImportOutcome {
  const terms = file.termsOf ? { termsNew, termsChanged } : {}
  return {
    rows: file.rows,
    rejected: job.rejects.count,
    counts: { ...totals, anonymousLines: file.anonymous, ...terms },
    problems: job.rejects.first,
    days: file.days === null ? null : { from: dayText(file.days.first), to: dayText(file.days.last) },
    netMinor: netMinor + totals.anonymousNetMinor,
  }
}
