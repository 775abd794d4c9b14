import { createReadStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import copyStreams from 'pg-copy-streams'
import { clientOf, withTransaction } from '#platform/database/connection.ts'
import { type Bench, type Observed, type Opened, secondsOf, timed } from '../bench.ts'
import { median } from '../figures.ts'
import { simulate, writeBareOrders, writeCustomers, writeOrders } from '../simulate.ts'

const bareRounds = 3

/** Makes the data, imports it, and measures that against PostgreSQL's own COPY of the same rows. */
export async function importPart(bench: Opened): Promise<Bench['purchases']> {
  const { folder, customers, seed, say } = bench
  const measured = bench.only.includes('import')
  const paths = { orders: join(folder, 'orders.csv'), bare: join(folder, 'bare.csv'), customers: join(folder, 'customers.csv') }
  const making = await timed(async () => {
    const purchases = simulate(customers, bench.ordersPerCustomer, seed)
    await writeOrders(paths.orders, purchases)
    if (measured) await writeBareOrders(paths.bare, purchases)
    await writeCustomers(paths.customers, customers, seed)
    return purchases
  })
  const purchases = making.value
  const megabytes = Math.round((await stat(paths.orders)).size / 1e6)
  say(
    `${purchases.count.toLocaleString('en')} orders of ${customers.toLocaleString('en')} customers (${megabytes} MB) simulated in ${making.seconds.toFixed(1)} s`,
  )

  const copies: Observed<unknown>[] = []
  if (measured) {
    for (let round = 0; round < bareRounds - 1; round++) copies.push(await copyBare(bench, paths.bare))
    say(`COPY into a bare table: ${copies.map(({ seconds }) => seconds.toFixed(2)).join(', ')} s`)
  }
  const orders = await bench.observe(() => bench.import('orders', paths.orders))
  const { peak } = orders
  const seconds = secondsOf(orders.value)
  const result = orders.value.result as { rows: number; rejected: number; counts: Record<string, number> }
  if (result.rejected > 0 || result.counts.new !== purchases.count) throw new Error(`The import is not complete: ${JSON.stringify(result)}`)
  say(`Orders imported in ${seconds.toFixed(1)} s, ${orders.processor.toFixed(1)} s of processors`)
  if (measured) copies.push(await copyBare(bench, paths.bare))
  const archive = await bench.observe(() => bench.import('customers', paths.customers))
  const archiveSeconds = secondsOf(archive.value)
  say(`Customers imported in ${archiveSeconds.toFixed(1)} s, ${archive.processor.toFixed(1)} s of processors`)
  await sql`analyze`.execute(bench.database.db)
  for (const path of Object.values(paths)) await rm(path, { force: true })
  if (!measured) return purchases

  const floor = median(copies.map(({ seconds }) => seconds))
  const floorProcessor = median(copies.map(({ processor }) => processor))
  const rate = Math.round(purchases.count / seconds).toLocaleString('en')
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
    note: `${orders.processor.toFixed(1)} s of product and server : ${floorProcessor.toFixed(2)} s of the server`,
  })
  if (peak.node !== null)
    bench.add('import', { what: 'memory, Node', value: peak.node, unit: 'MB', goal: { atMost: 600 }, note: 'peak resident, orders' })
  if (peak.together !== null)
    bench.add('import', {
      what: 'memory, Node and PostgreSQL',
      value: peak.together,
      unit: 'MB',
      goal: { atMost: 1200 },
      note: 'peak, orders',
    })
  bench.add('import', {
    what: 'customers: archive with names, into the book that the orders made',
    value: Math.round(customers / archiveSeconds),
    unit: '/s',
    goal: null,
    note: `${archiveSeconds.toFixed(1)} s; Node ${Math.round(archive.peak.node ?? 0)} MB, with PostgreSQL ${Math.round(archive.peak.together ?? 0)} MB`,
  })
  return purchases
}

/** COPY into a new table without indexes, on the same server with the same settings; until it is committed. */
async function copyBare({ database, observe }: Opened, path: string): Promise<Observed<unknown>> {
  await sql`drop table if exists bare_order`.execute(database.db)
  await sql`create table bare_order (id bigint not null, customer_id bigint not null, day date not null, product_id bigint not null, amount_minor bigint not null)`.execute(
    database.db,
  )
  const observed = await observe(() =>
    withTransaction(database, async (db) => {
      const copy = clientOf(db).query(copyStreams.from('copy bare_order from stdin with (format csv)'))
      await pipeline(createReadStream(path, { highWaterMark: 1 << 18 }), copy)
    }),
  )
  await sql`drop table bare_order`.execute(database.db)
  return observed
}
