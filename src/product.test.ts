import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import { readConfiguration } from '#platform/configuration.ts'
import { testDatabase } from '#platform/database/testing.ts'
import { modules } from './modules.ts'
import { startProduct } from './product.ts'

test('a product that cannot listen leaves nothing running', async () => {
  const scratch = await testDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'patron-product-'))
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  const { port } = taken.address() as { port: number }
  const configuration = readConfiguration({ PATRON_DATA: folder, PORT: String(port), PATRON_LOG: 'silent' })
  const starting = startProduct({
    configuration,
    databaseUrl: scratch.url,
    modules,
    roles: ['web', 'worker'],
    safety: { unsafeForTests: true },
  })
  await expect(starting).rejects.toThrow('EADDRINUSE')
  const connections = () =>
    sql<{ n: number }>`
      select count(*)::int as n from pg_stat_activity
      where datname = current_database() and application_name in ('patron', 'patron-jobs') and pid <> pg_backend_pid()`
      .execute(scratch.db)
      .then(({ rows }) => rows[0]!.n)
  // What is left are those of this test itself.
  await vi.waitFor(async () => expect(await connections()).toBeLessThanOrEqual(scratch.database.pool.totalCount - 1), { timeout: 10_000 })
  taken.close()
  await scratch.close()
  await rm(folder, { recursive: true, force: true })
})
