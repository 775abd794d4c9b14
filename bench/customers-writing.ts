/**
 * What the customers module's bulk paths cost: making customers as an import does, and writing a whole valuation.
 * `node bench/customers-writing.ts [customers]`, on a scratch server or on the empty database that DATABASE_URL names.
 */

import { activities, type BookColumns, tiers } from '#modules/customers/domain/book.ts'
import { markBook, stageBook } from '#modules/customers/store/book-rewrite.ts'
import { ensureCustomers } from '#modules/customers/store/ensure.ts'
import { sourceId } from '#modules/customers/store/sources.ts'
import { seededRandom } from '#numerics/seeded-random.ts'
import { connect, withTransaction } from '#platform/database/connection.ts'
import { migrate } from '#platform/database/migrate.ts'
import { startScratchServer, testDatabase } from '#platform/database/testing.ts'

const count = Number(process.argv[2] ?? 100_000)
const batch = 20_000
const server = process.env.DATABASE_URL === undefined ? await startScratchServer() : null
const scratch = server === null ? null : await testDatabase({ server: server.url })
const database = scratch?.database ?? connect(process.env.DATABASE_URL!)
if (scratch === null) await migrate(database)
const said = (what: string, since: number, of: number) =>
  console.log(
    `${what.padEnd(34)} ${((performance.now() - since) / 1000).toFixed(2)} s, ${Math.round(of / ((performance.now() - since) / 1000))} per second`,
  )

const source = await sourceId(database.db, 'bench')
const all = Buffer.allocUnsafe(count * 16)
const making = performance.now()
for (let from = 0; from < count; from += batch) {
  const keys = Array.from({ length: Math.min(batch, count - from) }, (_, i) => `C${String(from + i).padStart(8, '0')}`)
  const { ids } = await withTransaction(database, (db) =>
    ensureCustomers(db, { source: 'bench', sourceId: source, keys, runId: null, by: 'bench', now: new Date() }),
  )
  ids.copy(all, from * 16)
}
said('making customers', making, count)

const again = performance.now()
const keys = Array.from({ length: Math.min(batch, count) }, (_, i) => `C${String(i).padStart(8, '0')}`)
await withTransaction(database, (db) =>
  ensureCustomers(db, { source: 'bench', sourceId: source, keys, runId: null, by: 'bench', now: new Date() }),
)
said('ensuring those who are there', again, keys.length)

const random = seededRandom(1)
const order = new Uint32Array(count).map((_, i) => i).sort((a, b) => all.compare(all, b * 16, b * 16 + 16, a * 16, a * 16 + 16))
const ids = Buffer.allocUnsafe(count * 16)
for (const [to, from] of order.entries()) all.copy(ids, to * 16, from * 16, from * 16 + 16)
const amounts = (scale: number) => new Float64Array(count).map(() => Math.floor((random() - 0.1) * scale))
const codes = (of: number) => new Uint8Array(count).map(() => Math.floor(random() * of))
const profit = amounts(400_000)
const columns = {
  count,
  ids,
  orders: new Int32Array(count).map(() => Math.floor(random() * 20)),
  firstOrderDay: new Int32Array(count).fill(19_000),
  lastOrderDay: new Int32Array(count).map(() => 19_000 + Math.floor(random() * 1500)),
  revenueMinor: amounts(1_000_000),
  profitMinor: profit,
  lifetimeValueMinor: amounts(500_000),
  expectedSpendMinor: amounts(50_000),
  expectedOrders: new Float64Array(count).fill(1.5),
  probabilityAlive: new Float64Array(count).fill(0.5),
  probabilityOrdering: new Float64Array(count).fill(0.25),
  tier: new Uint8Array(count).map((_, i) => (profit[i]! < 0 ? 0 : profit[i]! > 340_000 ? 3 : profit[i]! > 260_000 ? 2 : 1)),
  valueLabel: codes(3),
  activity: codes(activities.length),
  segment: codes(3),
  recencyScore: codes(5),
  frequencyScore: codes(5),
  monetaryScore: codes(5),
  valuedOn: '2026-01-01',
}
console.log(`tiers: ${tiers.join(', ')}`)
async function* everybody(): AsyncGenerator<BookColumns> {
  yield columns
}
for (const turn of ['first', 'second']) {
  const mark = await markBook(database.db)
  const writing = performance.now()
  const staged = await stageBook(database, { count, slices: everybody() })
  await staged.ready
  await withTransaction(database, (db) => staged.publish(db, mark))
  said(`writing a whole valuation (${turn})`, writing, count)
}
await (scratch ?? database).close()
await server?.stop()
