import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import type { CommandShell } from '#platform/command.ts'
import { type App, startApp } from '#test/app.ts'
import { ordersApi } from '../api.ts'
import { ordersCommands } from '../commands.ts'
import { buildBulkIndexes, dropBulkIndexes, repairIndexes, whileAlone } from './bulk-indexes.ts'

let app: App
let customerId: string
beforeAll(async () => {
  app = await startApp()
  customerId = (await app.as(customersApi).create({ values: { name: 'Ann Lee' } })).id
})
afterAll(() => app.close())
beforeEach(() => app.transaction(({ db }) => dropBulkIndexes(db)))

async function indexes(): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select indexname as name from pg_indexes where schemaname = 'orders' and tablename = 'purchase'
      and indexname in ('purchase_pkey', 'purchase_by_id', 'purchase_by_day') order by 1`.execute(app.db)
  return rows.map(({ name }) => name)
}
const all = ['purchase_by_day', 'purchase_by_id', 'purchase_pkey']

const shell = (): CommandShell =>
  ({ database: app.database, say() {}, result() {} }) satisfies Partial<CommandShell> as Partial<CommandShell> as CommandShell
const repair = () => ordersCommands.find(({ name }) => name === 'orders check')!.run(shell(), ['--repair'])

test('during a first load nobody else writes orders or builds what it dropped', async () => {
  await whileAlone(app.database, async () => {
    const refused = { reason: 'first-load' }
    await expect(app.as(ordersApi).place({ customerId, lines: [{ amount: '1' }] })).rejects.toMatchObject({ status: 503, ...refused })
    await expect(repair()).rejects.toMatchObject(refused)
    await app.transaction(({ db }) => repairIndexes(db))
    expect(await indexes()).toEqual([])
    // The load itself builds them.
    await app.transaction(({ db }) => buildBulkIndexes(db))
    expect(await indexes()).toEqual(all)
  })
})

test('what a load left behind that died is built by the job, and by the operator', async () => {
  await app.as(ordersApi).place({ customerId, lines: [{ amount: '1' }] })
  await app.transaction(({ db }) => repairIndexes(db))
  expect(await indexes()).toEqual(all)
  await app.transaction(({ db }) => dropBulkIndexes(db))
  await repair()
  expect(await indexes()).toEqual(all)
})

test('where nothing is missing nobody waits for the look', async () => {
  await app.transaction(({ db }) => repairIndexes(db))
  const locks = await app.transaction(async ({ db }) => {
    await repairIndexes(db)
    const { rows } = await sql<{ mode: string }>`
      select mode from pg_locks where pid = pg_backend_pid() and relation = 'orders.purchase'::regclass`.execute(db)
    return rows.map(({ mode }) => mode)
  })
  expect(locks.filter((mode) => mode !== 'AccessShareLock')).toEqual([])
})
