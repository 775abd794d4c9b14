import { createHash, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Hono, type Context as HttpContext } from 'hono'
import { sql } from 'kysely'
import type { Database } from '../database/connection.ts'
import type { Metrics } from '../metrics.ts'
import type { Module } from '../module.ts'
import { refuse } from '../refusal.ts'
import { apiDocuments } from './api-documents.ts'
import { bearerOf } from './bearer.ts'
import { openApi } from './open-api.ts'
import { isLocal } from './socket.ts'

export const version: string = (JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string })
  .version

/** What operators and programs ask the house itself: is it alive, is it ready, how is it doing, what can it do. */
export function describeHouse(
  modules: readonly Module[],
  house: { readonly database: Database; readonly metrics: Metrics; readonly metricsToken: string | null },
): Hono {
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
    if (!isLocal(c) && !bears(c, house.metricsToken))
      throw refuse(
        'forbidden',
        'metrics-closed',
        'Metrics are for programs on this machine, or with the token that PATRON_METRICS_TOKEN names',
      )
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

/** Whether the request carries this token. The comparison takes as long whatever is guessed. */
function bears(c: HttpContext, token: string | null): boolean {
  const given = bearerOf(c.req.raw)
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return token !== null && given !== null && timingSafeEqual(hash(given), hash(token))
}
