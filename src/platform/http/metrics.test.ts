import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../database/testing.ts'
import { createMetrics } from '../metrics.ts'
import { Refusal, statusOf } from '../refusal.ts'
import { describeHouse } from './house.ts'

let scratch: TestDatabase
beforeAll(async () => {
  scratch = await testDatabase()
})
afterAll(() => scratch.close())

const token = 'a-token-of-the-operator'
async function ask(from: string | undefined, headers: Record<string, string> = {}, metricsToken: string | null = token) {
  const app = new Hono().onError((error, c) => c.text(error.message, error instanceof Refusal ? (statusOf[error.kind] as 403) : 500))
  app.route('/', describeHouse([], { database: scratch.database, metrics: createMetrics(), metricsToken }))
  const answer = await app.request('/metrics', { headers }, { incoming: { socket: { remoteAddress: from } } })
  return { status: answer.status, text: await answer.text() }
}

test('metrics are for programs on this machine', async () => {
  for (const from of ['127.0.0.1', '127.3.2.1', '::1', '::ffff:127.0.0.1']) expect((await ask(from, {}, null)).status).toBe(200)
  for (const from of ['10.0.0.5', '::ffff:10.0.0.5', '203.0.113.7', '2001:db8::1', '', undefined, '127.evil']) {
    const refused = await ask(from)
    expect(refused.status).toBe(403)
    expect(refused.text).toContain('PATRON_METRICS_TOKEN')
    expect(refused.text).not.toContain('patron_requests_total')
  }
})

test('what a proxy on this machine hands on does not count as from here', async () => {
  for (const header of ['X-Forwarded-For', 'Forwarded', 'X-Real-IP'])
    expect((await ask('127.0.0.1', { [header]: '203.0.113.7' })).status).toBe(403)
})

test('other machines need the token, where there is one', async () => {
  const bearing = (given: string) => ({ authorization: given })
  expect(await ask('203.0.113.7', bearing(`Bearer ${token}`))).toMatchObject({
    status: 200,
    text: expect.stringContaining('patron_requests_total'),
  })
  for (const given of ['Bearer wrong-token-of-somebody', `Basic ${token}`, token, 'Bearer ', `Bearer ${token}x`])
    expect((await ask('203.0.113.7', bearing(given))).status).toBe(403)
  expect((await ask('203.0.113.7', bearing('Bearer null'), null)).status).toBe(403)
})
