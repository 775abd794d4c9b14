import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seededRandom } from '#numerics/seeded-random.ts'
import { operator } from '#platform/context.ts'
import { type Db, withTransaction } from '#platform/database/connection.ts'
import { type TestDatabase, testDatabase } from '#platform/database/testing.ts'
import { requestImport } from '#platform/imports/actions.ts'
import { inspectFile } from '#platform/imports/inspect.ts'
import { runById } from '#platform/runs/store.ts'
import { fileSource } from '#platform/tabular/byte-source.ts'
import { modules } from '../../modules.ts'
import { contextMaker } from '../../product.ts'
import { ordersImporter } from './importers/orders.ts'

let folder: string
let path: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patron-crash-'))
  path = join(folder, 'orders.csv')
  await writeFile(path, ordersFile())
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** More than four parts of four megabytes: names are long, so that the rows are few. */
function ordersFile(): string {
  const random = seededRandom(7)
  const rows = ['order number,customer id,date,product,product name,quantity,unit price,promised delivery day,delivered day,grade']
  for (let i = 0; i < 30_000; i++) {
    const customer = Math.floor(random() * 4000)
    const anonymous = i % 50 === 0
    rows.push(
      `N${i},${anonymous ? '' : `C${customer}`},2026-01-${String(1 + (i % 28)).padStart(2, '0')},P${i % 40},${'name '.repeat(60)}${i % 40},${i % 97 === 0 ? -1 : 1},${i % 500}.005,${i % 3 === 0 ? `2026-02-01,2026-02-0${1 + (i % 5)},A` : ',,'}`,
    )
  }
  // Rejected rows are kept once, however often the work begins anew.
  rows.push('N1,C1,2026-02-31,P1,,1,1,,,', 'N70000,C1,yesterday,P1,,1,1,,,')
  return `${rows.join('\n')}\n`
}

async function request(scratch: TestDatabase): Promise<string> {
  const { suggested } = await inspectFile(await fileSource(path), ordersImporter, [])
  const input = { importer: 'orders', file: { kind: 'path' as const, path, name: 'orders.csv' }, mapping: suggested, dryRun: false }
  const now = new Date('2026-03-01T00:00:00Z')
  return (await withTransaction(scratch.database, (db) => requestImport(contextMaker(modules)(db, now, operator), input))).id
}

/** Starts a worker that dies at the moment, or lets one finish. */
async function workUntil(scratch: TestDatabase, runId: string, moment: string, count: number, attempt: number): Promise<string> {
  const child = spawn(process.execPath, ['test/faults/crashing-import.ts', scratch.url, moment, String(count)], {
    env: { ...process.env, AHEAD: String(attempt * 60_000) },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const died = once(child, 'exit').then(() => 'died')
  const ended = (async () => {
    for (;;) {
      const run = await runById(scratch.db, runId)
      if (run && run.state !== 'waiting' && run.state !== 'running') return run.state
      await sleep(50)
    }
  })()
  const outcome = await Promise.race([died, ended])
  child.kill('SIGKILL')
  await died
  return outcome
}

/** Everything that the import writes; times differ between runs. */
async function content(db: Db): Promise<Record<string, string[]>> {
  const tables = [
    'orders.purchase',
    'orders.day_list',
    'orders.anonymous_sale',
    'orders.product',
    'orders.term',
    'orders.delivery',
    'customers.customer',
    'customers.source_record',
    'customers.search_key',
  ]
  const without = ['made_by_run', 'run_id', 'updated_at', 'created_at', 'seen_at', 'noted_at']
  const rows: Record<string, string[]> = {}
  for (const table of tables)
    rows[table] = (
      await sql<{ row: string }>`select (to_jsonb(t) - ${without}::text[])::text as row from ${sql.table(table)} t order by 1`.execute(db)
    ).rows.map(({ row }) => row)
  rows.indexes = (
    await sql<{ text: string }>`select indexdef as text from pg_indexes where schemaname in ('orders', 'customers') order by 1`.execute(db)
  ).rows.map(({ text }) => text)
  rows.rejects = (
    await sql<{ text: string }>`
      select convert_from(content, 'UTF8') as text from platform.file_chunk c join platform.file f on f.id = c.file_id where f.name = 'rejected.csv' order by c.number`.execute(
      db,
    )
  ).rows.map(({ text }) => text)
  return rows
}

test('an import that is killed again and again ends as if nothing had happened', async () => {
  const calm = await testDatabase()
  const torn = await testDatabase()
  try {
    const undisturbed = await request(calm)
    expect(await workUntil(calm, undisturbed, 'never', 1, 0)).toBe('done')
    const id = await request(torn)
    const deaths: [string, number][] = [
      ['reading', 1],
      ['before-commit', 2],
      ['after-commit', 2],
      ['writing', 2],
    ]
    for (const [i, [moment, count]] of deaths.entries())
      expect(await workUntil(torn, id, moment, count, i), `${moment} ${count}`).toBe('died')
    expect(await workUntil(torn, id, 'never', 1, deaths.length)).toBe('done')
    expect(await content(torn.db)).toEqual(await content(calm.db))
    for (const name of ['purchase_by_id', 'purchase_by_day', 'customer_by_name', 'search_key_by_key'])
      expect((await content(torn.db)).indexes!.join()).toContain(name)
    const results = [await runById(calm.db, undisturbed), await runById(torn.db, id)].map((run) => ({
      ...(run!.result as object),
      rejectsFile: '',
    }))
    expect(results[1]).toEqual(results[0])
    expect(results[0]).toMatchObject({ rows: 30_002, rejected: 3 })
  } finally {
    await calm.close()
    await torn.close()
  }
})
