/**
 * How long lists and searches of the customer book take: fills the tables with generate_series, then prints the 50th and 95th percentile of each statement, for those who see everybody, and for
 * those who see the customers of teams of several sizes or their own.
 * `node bench/customers.ts [customers] [repeats]`, on a scratch server or on the empty database that DATABASE_URL names.
 */
import { sql } from 'kysely'
import { usualDirection } from '#modules/customers/domain/customer-list.ts'
import { readArchive } from '#modules/customers/store/archive.ts'
import { bestHits } from '#modules/customers/store/best-hits.ts'
import { countMatching, type ListQuery, listCustomers } from '#modules/customers/store/list.ts'
import { searchWords } from '#modules/customers/store/search-keys.ts'
import { quantile } from '#numerics/quantile.ts'
import { seededRandom } from '#numerics/seeded-random.ts'
import { copyIn } from '#platform/database/binary-copy.ts'
import { connect, withTransaction } from '#platform/database/connection.ts'
import { migrate } from '#platform/database/migrate.ts'
import { startScratchServer, testDatabase } from '#platform/database/testing.ts'
import { handOut, membersOf, type TeamName, teams } from './teams.ts'

const count = Number(process.argv[2] ?? 100_000)
const repeats = Number(process.argv[3] ?? 30)
const server = process.env.DATABASE_URL === undefined ? await startScratchServer() : null
const scratch = server === null ? null : await testDatabase({ server: server.url })
const database = scratch?.database ?? connect(process.env.DATABASE_URL!)
if (scratch === null) await migrate(database)
const { db } = database

const families = '王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗'
const given = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国文辉力'
const english = ['Anna', 'Ben', 'Carla', 'David', 'Emma', 'Frank', 'Grace', 'Henry', 'Iris', 'Jack']
const surnames = ['Smith', 'Jones', 'Brown', 'Taylor', 'Wilson', 'Evans', 'Walker', 'White', 'Green', 'Hall', 'Clarke', 'Baker']

async function fill(): Promise<void> {
  const random = seededRandom(7)
  const pick = (from: string | readonly string[]) => from[Math.floor(random() * from.length)]!
  const person = (i: number) =>
    i % 2 === 0 ? pick(families) + pick(given) + (random() < 0.7 ? pick(given) : '') : `${pick(english)} ${pick(surnames)}`
  await withTransaction(database, async (transaction) => {
    await sql`create temporary table named (i int, name text, name_key text) on commit drop`.execute(transaction)
    await sql`create temporary table found (i int, key text, name_key text) on commit drop`.execute(transaction)
    const names = Array.from({ length: count }, (_, i) => person(i))
    await copyIn(transaction, 'named', async (rows) => {
      for (let i = 0; i < count; i++) {
        rows.row(3)
        rows.int4(i)
        rows.text(names[i]!)
        rows.text(searchWords({ name: names[i]! }, []).nameKey)
        if (rows.full) await rows.flush()
      }
    })
    await copyIn(transaction, 'found', async (rows) => {
      for (let i = 0; i < count; i++) {
        const { nameKey, keys } = searchWords({ name: names[i]! }, [`C${String(i).padStart(8, '0')}`])
        for (const key of keys) {
          rows.row(3)
          rows.int4(i)
          rows.text(key)
          rows.text(nameKey)
        }
        if (rows.full) await rows.flush()
      }
    })
    await sql`
      insert into customers.customer (customer_id, name, name_key, city, owner_id, tags, external_key, source_id, created_at, created_by, updated_at)
      select md5(i::text)::uuid, name, name_key, 'city ' || (i % 300), 'owner ' || (i % 40), case when i % 50 = 0 then array['vip'] else '{}' end,
        'C' || lpad(i::text, 8, '0'), 1, timestamptz '2020-01-01' + i * interval '1 minute', 'bench', now() from named order by 1`.execute(
      transaction,
    )
    await sql`insert into customers.search_key select md5(i::text)::uuid, key, name_key from found order by 1 on conflict do nothing`.execute(
      transaction,
    )
    await sql`
      insert into customers.book_settled (customer_id, orders, last_order_day, revenue_minor, profit_minor, lifetime_value_minor, tier, value_label, activity, segment, valued_on)
      select id, 1, day, (worth * 1.5)::bigint, worth, (worth * (0.8 + 0.4 * random()))::bigint,
        case when worth < 0 then 0 when r < 0.05 then 3 when r < 0.25 then 2 else 1 end, case when r < 0.2 then 2 when r < 0.5 then 1 else 0 end,
        1 + (random() * 3)::int, 9, '2026-01-01'
      from (select md5(i::text)::uuid as id, date '2020-01-01' + (2000 * (1 - r * random()))::int as day, (r * 1)::float8 as r, (200000 * (1 - r) - 20000)::bigint as worth
        from (select i, random() as r from named) a) b order by id`.execute(transaction)
  })
  await sql`vacuum analyze customers.customer`.execute(db)
  await sql`vacuum analyze customers.book_settled`.execute(db)
  await sql`vacuum analyze customers.search_key`.execute(db)
}

const query = (more: Partial<ListQuery>): ListQuery => {
  const sort = more.sort ?? 'lifetime-value'
  return { filter: {}, sort, direction: usualDirection(sort), after: null, limit: 51, ...more }
}
const lists: Readonly<Record<string, ListQuery>> = {
  'by lifetime value': query({}),
  'by lifetime value, upwards': query({ direction: 'ascending' }),
  'by name': query({ sort: 'name' }),
  'by profit': query({ sort: 'profit' }),
  'by revenue': query({ sort: 'revenue' }),
  'by last order': query({ sort: 'last-order' }),
  'by creation': query({ sort: 'created' }),
  'lead by lifetime value': query({ filter: { tier: ['lead'] } }),
  'platinum by name': query({ filter: { tier: ['platinum'] }, sort: 'name' }),
  'gold or platinum, asleep, by profit': query({ filter: { tier: ['gold', 'platinum'], activity: ['asleep'] }, sort: 'profit' }),
  'low value by lifetime value': query({ filter: { valueLabel: ['low'] } }),
  'one owner by lifetime value': query({ filter: { owner: ['owner 7'] } }),
  'one owner by name': query({ filter: { owner: ['owner 7'] }, sort: 'name' }),
  'one city by lifetime value': query({ filter: { city: ['city 9'] } }),
  'no such city': query({ filter: { city: ['nowhere'] } }),
  'one tag and gold': query({ filter: { tag: ['vip'], tier: ['gold'] } }),
  'lately ordered, by lifetime value': query({ filter: { lastOrderFrom: '2025-01-01' } }),
  'profit range by name': query({ filter: { profitFrom: 10_000, profitTo: 20_000 }, sort: 'name' }),
  'one month of last orders by lifetime value': query({ filter: { lastOrderFrom: '2022-01-01', lastOrderTo: '2022-01-31' } }),
  'text 王 by lifetime value': query({ filter: { q: '王' } }),
  'text 张 by name': query({ filter: { q: '张' }, sort: 'name' }),
  'text 张 by name, backwards': query({ filter: { q: '张' }, sort: 'name', direction: 'descending' }),
  'text wang by name': query({ filter: { q: 'wang' }, sort: 'name' }),
  'text smith by name': query({ filter: { q: 'smith' }, sort: 'name' }),
  'text a by name': query({ filter: { q: 'a' }, sort: 'name' }),
  'text 张 and platinum by name': query({ filter: { q: '张', tier: ['platinum'] }, sort: 'name' }),
  'text 王伟 by lifetime value': query({ filter: { q: '王伟' } }),
  'text 国华 by name': query({ filter: { q: '国华' }, sort: 'name' }),
  'text wang by lifetime value': query({ filter: { q: 'wang' } }),
  'text wangwei by lifetime value': query({ filter: { q: 'wangwei' } }),
  'text zsm (initials)': query({ filter: { q: 'zsm' } }),
  'text smith by last order': query({ filter: { q: 'smith' }, sort: 'last-order' }),
  'text anna smi': query({ filter: { q: 'anna smi' } }),
  'text c0001234 (a key)': query({ filter: { q: 'c0001234' } }),
  'text 王 and platinum': query({ filter: { q: '王', tier: ['platinum'] } }),
}

async function measure(what: string, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < repeats; i++) {
    const from = performance.now()
    await work()
    times.push(performance.now() - from)
  }
  const sorted = Float64Array.from(times).sort()
  const p95 = quantile(sorted, 0.95)
  console.log(
    `${what.padEnd(44)} p50 ${quantile(sorted, 0.5).toFixed(1).padStart(7)} ms   p95 ${p95.toFixed(1).padStart(7)} ms${p95 > 150 ? '   over 150' : ''}`,
  )
  return p95
}

const there = await sql<{ n: number }>`select count(*) as n from customers.customer`.execute(db)
if (there.rows[0]!.n === 0) await fill()
console.log(`${count} customers`)
let slow = 0
for (const [what, list] of Object.entries(lists)) {
  if ((await measure(what, () => listCustomers(db, list))) > 150) slow++
  if ((await measure('  … counted', () => countMatching(db, list.filter))) > 150) slow++
}
const deep = await listCustomers(db, query({ limit: 5000 }))
if ((await measure('behind the 5,000th by lifetime value', () => listCustomers(db, query({ after: deep.places.at(-1)! })))) > 150) slow++
for (const text of ['王', '王伟', 'wa', 'smith', 'c000'])
  if ((await measure(`palette ${text}`, () => bestHits(db, text, 10, 'all', { namesOnly: false, byValue: true }))) > 150) slow++
await handOut({ database, customers: count, say: console.log })
const reaches: readonly (readonly [string, readonly string[]])[] = [
  ...(Object.keys(teams) as TeamName[]).map((team): [string, readonly string[]] => [teams[team].name, membersOf(team)]),
  ['own', membersOf('large').slice(7, 8)],
]
for (const [name, reach] of reaches) {
  console.log(`${name}:`)
  for (const [what, list] of Object.entries(lists)) {
    if (list.filter.owner !== undefined) continue
    const within = { ...list, filter: { ...list.filter, reach } }
    if ((await measure(`  ${what}`, () => listCustomers(db, within))) > 150) slow++
    if ((await measure('    … counted', () => countMatching(db, within.filter))) > 150) slow++
  }
  for (const text of ['王', '王伟', 'wa', 'smith', 'c000'])
    if ((await measure(`  palette ${text}`, () => bestHits(db, text, 10, reach, { namesOnly: false, byValue: true }))) > 150) slow++
}
const someone = deep.items[17]!.id
if ((await measure('one archive', () => readArchive(db, someone))) > 150) slow++
console.log(slow === 0 ? 'Everything within 150 ms.' : `${slow} over 150 ms.`)
await (scratch ?? database).close()
await server?.stop()
process.exitCode = slow === 0 ? 0 : 1
