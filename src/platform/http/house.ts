import { readFileSync } from 'node:fs'
import { Hono } from 'hono'
import { sql } from 'kysely'
import type { Database } from '../database/connection.ts'
import type { Metrics } from '../metrics.ts'
import type { Module } from '../module.ts'
import { apiDocuments } from './api-documents.ts'
import { openApi } from './open-api.ts'

export const version: string = (JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string })
  .version

/** What operators and programs ask the house itself: is it alive, is it ready, how is it doing, what can it do. */
export function describeHouse(modules: readonly Module[], house: { database: Database; metrics: Metrics }): Hono {
  const app = new Hono()
  const described = openApi(modules, version)
  app.get('/healthz', (c) => c.text('ok'))
  app.get('/readyz', async (c) => {
    const ready = await sql`select 1`.execute(house.database.db).then(
      () => true,
      () => false,
    )
    return ready ? c.text('ready') : c.text('the database is not reachable', 503)
  })
  app.get('/metrics', (c) => {
    const memory = process.memoryUsage()
    return c.text(
      house.metrics.text({
        patron_resident_bytes: memory.rss,
        patron_heap_bytes: memory.heapUsed,
        patron_database_connections: house.database.pool.totalCount,
        patron_database_waiting: house.database.pool.waitingCount,
        patron_uptime_seconds: process.uptime(),
      }),
    )
  })
  app.get('/api/openapi.json', (c) => c.json(described))
  app.get('/api/docs', (c) => c.html(apiDocuments(described)))
  return app
}
