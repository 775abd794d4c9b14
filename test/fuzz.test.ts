import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { api as customersApi } from '#modules/customers/api.ts'
import { ordersApi } from '#modules/orders/api.ts'
import { valueApi } from '#modules/value/api.ts'
import { seededRandom } from '#numerics/seeded-random.ts'
import { type Endpoint, placeholders, servedAt } from '#platform/contract.ts'
import { cursorOf } from '#platform/cursor.ts'
import { modules } from '../src/modules.ts'
import { type App, everybody, startApp } from './app.ts'
import { caseAt, departmentNamed } from './case-at.ts'
import { inputMaker } from './fuzz.ts'

const requests = 10_000
const longestMilliseconds = 28_000
const sideBySide = 8

let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

/** A password is made slow to guess, which is slow to make: such endpoints are tried less often. */
const slow = new Set(['createUser', 'replaceUserPassword'])
const endpoints = modules.flatMap((module) => Object.entries(module.api).flatMap(([name, endpoint]) => (slow.has(name) ? [] : [endpoint])))
const rare = modules.flatMap((module) => Object.entries(module.api).flatMap(([name, endpoint]) => (slow.has(name) ? [endpoint] : [])))

test(`requests that nobody means (${requests}, or as many as 28 seconds take) are answered or refused, and none of them is our fault`, {
  timeout: 60_000,
}, async () => {
  const seed = Number(process.env.FUZZ_SEED ?? 20_260_101)
  const random = seededRandom(seed)
  const { ids, cursors } = await somebody(app)
  const make = inputMaker(random, { ids, cursors })
  const schemas = new Map(
    [...endpoints, ...rare].map((e) => [e, z.toJSONSchema(e.input, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>]),
  )
  const until = performance.now() + longestMilliseconds
  const statuses = new Map<number, number>()
  const faults: string[] = []
  let sent = 0
  const lane = async () => {
    while (sent < requests && performance.now() < until && faults.length < Number(process.env.FUZZ_FAULTS ?? 10)) {
      sent += 1
      const endpoint = sent % 500 === 0 ? rare[sent % rare.length]! : endpoints[Math.floor(random() * endpoints.length)]!
      const { path, init } = requestFor(endpoint, make(schemas.get(endpoint)!))
      const response = await app.request(path, init)
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1)
      const text = await response.text()
      if (response.status >= 500) faults.push(`${init.method} ${path} ${String(init.body ?? '').slice(0, 1500)} → ${text.slice(0, 300)}`)
      if (endpoint.method !== 'GET') continue
      const next = /"next":"([\w-]+)"/.exec(text)?.[1]
      if (next) cursors.push(next)
    }
  }
  await Promise.all(Array.from({ length: sideBySide }, lane))
  expect(faults, `seed ${seed}`).toEqual([])
  // On a machine that is busy fewer are sent; that they reach the actions at all shows in the answers.
  expect(sent).toBeGreaterThan(1000)
  expect(statuses.get(200) ?? 0).toBeGreaterThan(sent / 20)
  expect(statuses.get(422) ?? 0).toBeGreaterThan(sent / 20)
})

function requestFor(endpoint: Endpoint, input: Record<string, unknown>): { path: string; init: RequestInit & { method: string } } {
  let path = endpoint.path
  const rest = { ...input }
  for (const field of placeholders(endpoint.path)) {
    path = path.replace(`:${field}`, encodeURIComponent(textOf(rest[field] ?? 'none').toWellFormed()) || 'none')
    delete rest[field]
  }
  const { method } = endpoint
  if (method === 'GET' || endpoint.kind === 'upload') {
    const query = new URLSearchParams(Object.entries(rest).map(([k, v]): [string, string] => [k, textOf(v)])).toString()
    return {
      path: `${servedAt(endpoint, path)}?${query}`,
      init: { method, ...(endpoint.kind === 'upload' ? { body: 'id,name\n1,One\n' } : {}) },
    }
  }
  if (endpoint.kind === 'page') {
    const body = new URLSearchParams(Object.entries(rest).map(([k, v]): [string, string] => [k, textOf(v)]))
    return { path, init: { method, body } }
  }
  const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }
  // JSON has no infinity, but a number that is read as one.
  return { path: `/api/v1${path}`, init: { method, headers, body: JSON.stringify(rest).replaceAll('"@infinity@"', '1e999') } }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

/** A small company, so that ids lead somewhere. */
async function somebody(house: App): Promise<{ ids: string[]; cursors: string[] }> {
  const customers = house.as(customersApi)
  const orders = house.as(ordersApi)
  const ids: string[] = []
  for (const name of ['Ada Lovelace', '王小明', "O'Brien; drop table customers.customer"]) {
    const { id } = await customers.create({ values: { name, email: `${ids.length}@example.com` } })
    const { id: person } = await customers.addKeyPerson({ id, name: 'Somebody near' })
    const { id: competitor } = await customers.addUsedCompetitor({ id, name: 'Somebody else' })
    const order = await orders.place({ customerId: id, lines: [{ product: 'P1', quantity: '2', unitPrice: '10.50' }] })
    await customers.logInteraction({ id, channel: 'call', direction: 'in', stage: 'after', summary: 'asked', minutes: 5 })
    const [complaint, repair] = [await caseAt(house, everybody, id, 'record'), await caseAt(house, everybody, id, 'repair')]
    ids.push(id, person, competitor, order.id, complaint.id, repair.id, await departmentNamed(house, 'Depot'))
  }
  await house.as(valueApi).requestValuation({})
  await house
    .as(valueApi)
    .addSpend({ campaign: null, segment: null, purpose: 'both', firstDay: '2026-01-01', lastDay: '2026-01-31', amountMinor: 100 })
  const cursors = [
    ['2026-01-01', ids[0]!],
    [null, null],
    ['x', 'y'],
    [5, 'y', 1e300],
    ['2026-01-01T00:00:00Z', '2026-01-01'],
    ['a'],
    ["' or 1=1 --"],
  ]
  return { ids, cursors: cursors.map((place) => cursorOf(place)) }
}
