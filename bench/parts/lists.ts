import { sql } from 'kysely'
import type { Actor } from '#platform/context.ts'
import { connect } from '#platform/database/connection.ts'
import { httpServer } from '#platform/http/server.ts'
import { silentQueue } from '#platform/jobs.ts'
import { createLog } from '#platform/log.ts'
import { createMetrics } from '#platform/metrics.ts'
import { noteReads } from '#platform/trail/note-reads.ts'
import { modules } from '../../src/modules.ts'
import type { Bench } from '../bench.ts'
import { percentile } from '../figures.ts'

const everybody: Actor = { kind: 'person', id: 'bench', name: 'Bench', roles: ['administrator'], can: () => true, reach: () => 'all' }
const rounds = 5
const pagesPerSort = 8

/** Lists, searches and customer pages over the HTTP application without a network, one request at a time; nothing is left out, also not the first. */
export async function listsPart(bench: Bench): Promise<void> {
  const database = connect(bench.server.url)
  const log = createLog('silent')
  const app = httpServer(modules, {
    database,
    queue: silentQueue,
    log,
    reads: noteReads(database.db, log),
    metrics: createMetrics(),
    now: () => new Date(),
    actorOf: async () => everybody,
    origins: [],
    secure: false,
    uploadLimit: 1 << 20,
  })
  const get = async (path: string) => {
    const start = performance.now()
    const response = await app.request(`/api/v1${path}`)
    const body = (await response.json()) as { next?: string | null; items?: unknown[] }
    return { milliseconds: performance.now() - start, status: response.status, body }
  }
  try {
    for (const group of await groupsOf(bench)) {
      const took = new Map<string, number[]>()
      let failed = 0
      for (let round = 0; round < rounds; round++)
        for (const { path, pages = 1 } of group.requests) {
          let cursor: string | null = ''
          for (let page = 0; page < pages && cursor !== null; page++) {
            const { milliseconds, status, body } = await get(cursor === '' ? path : `${path}&cursor=${encodeURIComponent(cursor)}`)
            took.set(path, [...(took.get(path) ?? []), milliseconds])
            if (status !== 200) failed++
            cursor = body.next ?? null
          }
        }
      const all = [...took.values()].flat()
      const worst = [...took].map(([path, times]) => ({ path, time: percentile(times, 0.5) })).toSorted((a, b) => b.time - a.time)[0]!
      const ms = (value: number) => `${value.toFixed(1)} ms`
      bench.add('lists', {
        what: `${group.name}, 95th percentile`,
        value: percentile(all, 0.95),
        unit: 'ms',
        goal: group.goal === false ? null : { atMost: 150 },
        note: `${all.length} requests, half ≤ ${ms(percentile(all, 0.5))}, all ≤ ${ms(percentile(all, 1))}${failed > 0 ? `, ${failed} refused` : ''}; slowest ${decodeURIComponent(worst.path)} (${ms(worst.time)})`,
      })
    }
  } finally {
    await database.close()
  }
}

interface Group {
  readonly name: string
  readonly requests: readonly { readonly path: string; readonly pages?: number }[]
  readonly goal?: false
}

const list = (query: Record<string, string | number | boolean>, pages = 1) => ({
  path: `/customers?${new URLSearchParams(Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)])))}`,
  pages,
})

async function groupsOf(bench: Bench): Promise<Group[]> {
  const { db } = bench.database
  const some = await sql<{ id: string; name: string }>`select customer_id as id, name from customers.customer tablesample system_rows(60)`
    .execute(db)
    .catch(() =>
      sql<{
        id: string
        name: string
      }>`select customer_id as id, name from customers.customer where customer_id > gen_random_uuid() order by customer_id limit 60`.execute(
        db,
      ),
    )
  const middle = await sql<{ value: number }>`
    select lifetime_value_minor as value from customers.book order by customer_id limit 1000`.execute(db)
  const high = percentile(
    middle.rows.map(({ value }) => Number(value)),
    0.9,
  )
  const sorts = ['name', 'lifetime-value', 'profit', 'revenue', 'last-order', 'created']
  const text = (words: readonly string[]) =>
    words.flatMap((q) => [{ path: `/customers/search?q=${encodeURIComponent(q)}` }, list({ q }), list({ q, sort: 'name' })])
  const filters: Record<string, string | number | boolean>[] = [
    { tier: 'platinum' },
    { tier: 'platinum,gold', sort: 'profit' },
    { tier: 'lead', sort: 'profit', direction: 'ascending' },
    { valueLabel: 'high' },
    { valueLabel: 'high', activity: 'asleep' },
    { tier: 'platinum', activity: 'asleep', sort: 'last-order' },
    { tier: 'gold', sort: 'name' },
    { activity: 'new', sort: 'last-order' },
    { activity: 'none' },
    { city: '上海' },
    { city: '台北', sort: 'name' },
    { city: 'London', tier: 'gold' },
    { city: 'London', sort: 'last-order' },
    { kind: 'company' },
    { kind: 'company', tier: 'platinum' },
    { tag: 'vip' },
    { tag: 'vip', tier: 'platinum', sort: 'revenue' },
    { tag: 'vip', sort: 'name' },
    { lastOrderFrom: '2025-06-01', sort: 'last-order' },
    { lastOrderFrom: '2025-06-01' },
    { lastOrderTo: '2024-01-01', tier: 'gold' },
    { lastOrderFrom: '2024-01-01', lastOrderTo: '2024-01-31', sort: 'lifetime-value' },
    { lifetimeValueFrom: high },
    { lifetimeValueFrom: high, activity: 'asleep' },
    { lifetimeValueFrom: high, sort: 'name' },
    { profitFrom: high, sort: 'last-order' },
    { segment: 'champions' },
    { recencyScore: 5, frequencyScore: 5, monetaryScore: 5 },
    { recencyScore: 1, frequencyScore: 5 },
    { tier: 'platinum', q: '王' },
    { city: '上海', q: 'wang' },
    { kind: 'company', q: 'Linden' },
  ]
  const page = (id: string) => [
    `/customers/${id}`,
    `/customers/${id}/timeline?limit=25`,
    `/value/customers/${id}`,
    `/customers/${id}/interactions`,
  ]
  return [
    {
      name: 'named sorts, both directions, eight pages',
      requests: sorts.flatMap((sort) => ['ascending', 'descending'].map((direction) => list({ sort, direction }, pagesPerSort))),
    },
    { name: 'search, one Chinese character', requests: text(['王', '李', '陳', '张', '吳', '敏', '涛']) },
    { name: 'search, two Chinese characters', requests: text(['王伟', '志明', '陳怡', '雨桐', '上海', '听雨']) },
    { name: 'search, pinyin', requests: text(['wang', 'zhangwei', 'lx', 'chen', 'zhiming', 'wangjing']) },
    {
      name: 'search, beginnings of Latin words',
      requests: text(['a', 'an', 'ber', 'hartmann', 'ada ber', 'linden', 'c12345', 'CUS-00000123']),
    },
    { name: 'search, whole names', requests: text(some.rows.slice(0, 8).map(({ name }) => name)) },
    { name: 'filters', requests: filters.map((query) => list(query, 2)) },
    { name: 'filters with their count', requests: filters.map((query) => list({ ...query, count: true })) },
    { name: 'customer page, each of its reads', requests: some.rows.slice(0, 40).flatMap(({ id }) => page(id).map((path) => ({ path }))) },
  ]
}
