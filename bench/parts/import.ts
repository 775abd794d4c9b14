import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import copyStreams from 'pg-copy-streams'
import { clientOf, withTransaction } from '#platform/database/connection.ts'
import { type Bench, type Observed, secondsOf } from '../bench.ts'
import { median } from '../figures.ts'
import { serverAlone } from './import-floor.ts'

const bareRounds = 3

/** Orders into an empty installation, which makes their customers, against PostgreSQL's own COPY of the same rows. */
export async function importPart(bench: Bench): Promise<void> {
  const copies: Observed<unknown>[] = []
  for (let round = 0; round < bareRounds - 1; round++) copies.push(await copyBare(bench))
  const orders = await importOrders(bench)
  copies.push(await copyBare(bench))
  const alone = await serverAlone(bench)
  bench.say(`COPY into a bare table: ${copies.map(({ seconds }) => seconds.toFixed(2)).join(', ')} s`)

  const seconds = secondsOf(orders.value)
  const floor = median(copies.map((copy) => copy.seconds))
  const floorProcessor = median(copies.map((copy) => copy.processor))
  const rate = Math.round(bench.data.orderCount / seconds).toLocaleString('en')
  bench.add('import', {
    what: 'orders, customers made, statistics current',
    value: seconds / floor,
    unit: '×',
    goal: { atMost: 5 },
    note: `COPY of the same rows into a bare table: ${seconds.toFixed(1)} s (${rate} orders/s) : ${floor.toFixed(2)} s`,
  })
  bench.add('import', {
    what: 'the same in processor time',
    value: orders.processor / floorProcessor,
    unit: '×',
    goal: null,
    note: `${orders.processor.toFixed(1)} s of product and server (${orders.serverProcessor.toFixed(1)} s) : ${floorProcessor.toFixed(2)} s of the server`,
  })
  const bare = alone.seconds / floor
  bench.add('import', {
    what: 'the same against the finished rows, taken in by the server alone',
    value: seconds / alone.seconds,
    unit: '×',
    goal: { atMost: 1.5 },
    note: `rows and indexes without reading, judging and naming anything: ${alone.seconds.toFixed(1)} s, ${bare.toFixed(1)} × that COPY`,
  })
  const { node, together } = orders.peak
  if (node !== null) bench.add('import', { what: 'memory, Node', value: node, unit: 'MB', goal: { atMost: 600 }, note: 'peak resident' })
  if (together !== null)
    bench.add('import', { what: 'memory, Node and PostgreSQL', value: together, unit: 'MB', goal: { atMost: 1200 }, note: 'peak' })
}

/** Fills the book that everything else is measured on: the archive with names in three scripts, then the orders. */
export async function fillBook(bench: Bench): Promise<void> {
  const archive = await bench.observe(() => bench.import('customers', bench.data.customers))
  const seconds = secondsOf(archive.value)
  bench.say(`Customers imported in ${seconds.toFixed(1)} s, ${archive.processor.toFixed(1)} s of processors`)
  await importOrders(bench)
  await sql`analyze`.execute(bench.database.db)
  if (!bench.only.includes('import')) return
  bench.add('import', {
    what: 'customers with names in three scripts',
    value: Math.round(bench.customers / seconds),
    unit: '/s',
    goal: null,
    note: `${seconds.toFixed(1)} s; Node ${Math.round(archive.peak.node ?? 0)} MB, with PostgreSQL ${Math.round(archive.peak.together ?? 0)} MB`,
  })
}

async function importOrders(bench: Bench) {
  const orders = await bench.observe(() => bench.import('orders', bench.data.orders))
  const result = orders.value.result as { rejected: number; counts: Record<string, number> }
  if (result.rejected > 0 || result.counts.new !== bench.data.orderCount)
    throw new Error(`The import of orders is not complete: ${JSON.stringify(result).slice(0, 500)}`)
  bench.say(
    `Orders imported in ${secondsOf(orders.value).toFixed(1)} s, ${orders.processor.toFixed(1)} s of processors (server ${orders.serverProcessor.toFixed(1)} s)`,
  )
  return orders
}

/** COPY into a new table without indexes, on the same server with the same settings; until it is committed. */
async function copyBare({ database, observe, data }: Bench): Promise<Observed<unknown>> {
  await sql`drop table if exists bare_order`.execute(database.db)
  await sql`create table bare_order (id bigint not null, customer_id bigint not null, day date not null, product_id bigint not null, amount_minor bigint not null)`.execute(
    database.db,
  )
  const observed = await observe(() =>
    withTransaction(database, async (db) => {
      const copy = clientOf(db).query(copyStreams.from('copy bare_order from stdin with (format csv)'))
      await pipeline(createReadStream(data.bare, { highWaterMark: 1 << 18 }), copy)
    }),
  )
  await sql`drop table bare_order`.execute(database.db)
  return observed
}
