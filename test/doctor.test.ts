import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { api as customers } from '#modules/customers/api.ts'
import { readConfiguration } from '#platform/configuration.ts'
import { testDatabase } from '#platform/database/testing.ts'
import { doctorCommand } from '../src/doctor-command.ts'
import { modules } from '../src/modules.ts'
import { startApp } from './app.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patron-doctor-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** What the doctor says of a database, as programs read it. */
async function examine(url: string) {
  const written: string[] = []
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push(String(text))
    return true
  })
  try {
    const code = await doctorCommand(['--json'], readConfiguration({ PATRON_DATA: folder, DATABASE_URL: url }), modules)
    const { state, checks } = JSON.parse(written.join('')) as {
      state: string
      checks: { name: string; state: string; detail: string; todo?: string }[]
    }
    return { code, state, of: (name: string) => checks.find((check) => check.name === name), names: checks.map(({ name }) => name) }
  } finally {
    out.mockRestore()
  }
}
const urlOf = async (app: Awaited<ReturnType<typeof startApp>>) => {
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(app.db)
  const url = new URL((await import('vitest')).inject('databaseUrl'))
  url.pathname = `/${rows[0]!.name}`
  return url.href
}

test('each check says how it is, in one sentence, and what to do where it is not good', async () => {
  const app = await startApp()
  try {
    const url = await urlOf(app)
    const healthy = await examine(url)
    for (const name of [
      'machine.runtime',
      'database.version',
      'database.clock',
      'trail.sealing',
      'runs.failed',
      'customers.book',
      'orders.customers',
    ])
      expect(healthy.of(name), name).toMatchObject({ state: 'good' })
    // Databases of tests do not wait for the disk.
    expect(healthy.of('database.server')).toMatchObject({
      state: 'broken',
      detail: expect.stringContaining('switched off'),
      todo: expect.any(String),
    })
    expect(healthy.of('organization.backups')).toMatchObject({ state: 'look', todo: expect.stringContaining('./patron backup') })
    expect(healthy).toMatchObject({ code: 1, state: 'broken' })

    // A partner has no figures by design, and an imported customer gets them with the next valuation.
    await app.as(customers).create({ values: { name: 'Partner Paula', role: 'partner' } })
    const partnered = await examine(url)
    expect([partnered.of('customers.book'), partnered.of('customers.valued')]).toMatchObject([{ state: 'good' }, { state: 'good' }])
    const { id } = await app.as(customers).create({ values: { name: 'Customer Pete' } })
    await sql`delete from customers.book_fresh where customer_id = ${id}::uuid`.execute(app.db)
    const imported = await examine(url)
    expect([imported.of('customers.book'), imported.of('customers.valued')]).toMatchObject([{ state: 'good' }, { state: 'look' }])
    await sql`insert into customers.book_fresh (customer_id, written_in) values ('0198c0de-0000-7000-8000-000000000009', 1)`.execute(app.db)
    expect((await examine(url)).of('customers.book')).toMatchObject({ state: 'broken' })

    await sql`insert into orders.purchase (customer_id, id, source_id, day, counted, lines, revenue_minor, discount_minor, refund_minor, discounted_minor, cost_minor, cost_unknown_minor, fingerprint, updated_at)
      values ('0198c0de-0000-7000-8000-000000000001', '0198c0de-0000-7000-8000-000000000002', 1, '2026-01-01', true, '', 0, 0, 0, 0, 0, 0, 0, now())`.execute(
      app.db,
    )
    await sql`insert into platform.fact (occurred_at, name, actor, payload) values (now() - interval '1 day', 'a.b', 'x', '{}')`.execute(
      app.db,
    )
    await sql`insert into platform.run (id, kind, run_group, state, input, requested_by, requested_at, finished_at, problem)
      values ('0198c0de-0000-7000-8000-000000000003', 'import', 'x', 'failed', '{}', 'x', now(), now(), 'No room')`.execute(app.db)
    const ill = await examine(url)
    expect(ill.of('orders.customers')).toMatchObject({
      state: 'broken',
      detail: 'There are 1 customers of orders who are not in the archive.',
    })
    expect(ill.of('orders.days')).toMatchObject({ state: 'broken' })
    expect(ill.of('trail.sealing')).toMatchObject({ state: 'look' })
    expect(ill.of('runs.failed')).toMatchObject({ state: 'look', detail: expect.stringContaining('No room') })

    await sql`insert into platform.migration values (9999, '9999_x.sql', 'x', now())`.execute(app.db)
    const newer = await examine(url)
    expect(newer.of('database.version')).toMatchObject({ state: 'broken', detail: expect.stringContaining('Start the newer program') })
    expect(newer.of('orders.customers')).toBeUndefined()
  } finally {
    await app.close()
  }
})

test('a server that cannot be reached, and a database that is empty, are findings like others', async () => {
  expect(
    (await examine('postgresql://x@127.0.0.1:9/none')).of('database.reachable') ??
      (await examine('postgresql://x@127.0.0.1:9/none')).of('database.server'),
  ).toMatchObject({ state: 'broken' })
  const empty = await testDatabase({ holds: 'nothing' })
  try {
    expect((await examine(empty.url)).of('database.version')).toMatchObject({
      state: 'look',
      detail: expect.stringContaining('not been applied'),
    })
  } finally {
    await empty.close()
  }
})
