import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { casesApi } from '#modules/cases/api.ts'
import { addCommitment } from '#modules/commitments/public.ts'
import { api as customersApi } from '#modules/customers/api.ts'
import { ordersApi } from '#modules/orders/api.ts'
import { archivedTables } from '#platform/backup/tables.ts'
import { type Endpoint, placeholders } from '#platform/contract.ts'
import { modules } from '../src/modules.ts'
import { type App, everybody, startApp } from './app.ts'
import { colleague } from './colleague.ts'
import { plainInput } from './plain-input.ts'

// What the server decides is not taken from outside: every write is sent fields that its contract does not name, in every object that it takes, and none of them is found anywhere afterwards.

const marker = '0198f0f0-f0f0-7f0f-8f0f-f0f0f0f0f0f0'
const markedWord = 'marked-from-outside'
const markedNumber = 990_099_099
const markedDay = '1909-09-09'
const foreign: Readonly<Record<string, unknown>> = {
  ...Object.fromEntries(['id', 'customerId', 'userId', 'ownerId', 'runId', 'madeByRun', 'mergeId', 'teamId'].map((name) => [name, marker])),
  ...Object.fromEntries(
    ['createdBy', 'recordedBy', 'requestedBy', 'updatedBy', 'madeBy', 'by', 'actor', 'role'].map((name) => [name, markedWord]),
  ),
  ...Object.fromEntries(['state', 'source', 'origin', 'tier', 'externalKey', 'name', 'email'].map((name) => [name, markedWord])),
  ...Object.fromEntries(['version', 'revenueMinor', 'lifetimeValueMinor', 'completeness', 'costMinor'].map((name) => [name, markedNumber])),
  ...Object.fromEntries(['createdAt', 'updatedAt', 'erasedAt', 'occurredAt', 'closedAt'].map((name) => [name, `${markedDay}T09:09:09Z`])),
  ...{ profiling: false, shared: true, builtIn: true, roles: ['administrator'], permissions: { 'organization.manage': 'all' } },
}

const writes = modules.flatMap((module) =>
  Object.entries(module.api)
    .filter(([, { method, kind }]) => method !== 'GET' && kind === 'json')
    .map(([name, endpoint]) => ({ id: `${module.name}.${name}`, address: `${endpoint.method} ${endpoint.path}`, endpoint })),
)

type Schema = Readonly<Record<string, unknown>>
const schemaOf = ({ input }: Endpoint) => z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as Schema

/** The input with the foreign fields beside those of its contract, in each of its objects. */
function marked(value: unknown, schema: Schema): unknown {
  const options = (schema.anyOf ?? schema.oneOf) as readonly Schema[] | undefined
  if (options) return marked(value, options.find(({ type }) => type === 'object' || type === 'array') ?? {})
  if (Array.isArray(value)) return value.map((one) => marked(one, (schema.items ?? {}) as Schema))
  const properties = schema.properties as Readonly<Record<string, Schema>> | undefined
  if (typeof value !== 'object' || value === null || !properties) return value
  const own = Object.entries(value).map(([name, inside]) => [name, marked(inside, properties[name] ?? {})])
  const beside = Object.entries(foreign).filter(([name]) => !(name in properties))
  return { ...Object.fromEntries(beside), ...Object.fromEntries(own) }
}

describe('a contract lets nothing in that it does not name', () => {
  test.each(writes)('$address', ({ endpoint }) => {
    const schema = schemaOf(endpoint)
    const plain = plainInput(endpoint)
    const parsed = endpoint.input.safeParse(plain)
    // What cannot be guessed from the schema is looked at as the schema says it.
    if (parsed.success) expect(endpoint.input.safeParse(marked(plain, schema)).data).toEqual(parsed.data)
    expect(looseIn(schema, '').filter((place) => !(`${endpoint.method} ${endpoint.path} ${place}` in loose))).toEqual([])
  })
  test('what may hold any name is listed with what checks it instead, and nothing else is', () => {
    const found = writes.flatMap(({ address, endpoint }) => looseIn(schemaOf(endpoint), '').map((place) => `${address} ${place}`))
    expect(Object.keys(loose).filter((place) => !found.includes(place))).toEqual([])
  })
})

/** Places of an input that take fields of any name, or any value. */
function looseIn(schema: Schema, at: string): string[] {
  const inside = (part: unknown, name: string) => looseIn((part ?? {}) as Schema, at === '' ? name : `${at}.${name}`)
  const options = (schema.anyOf ?? schema.oneOf ?? schema.allOf) as readonly Schema[] | undefined
  if (options) return [...new Set(options.flatMap((option) => looseIn(option, at)))]
  const properties = Object.entries((schema.properties ?? {}) as Readonly<Record<string, Schema>>)
  const any = Object.keys(schema).filter((key) => !['description', 'default', 'title', '$schema'].includes(key)).length === 0
  if (any && at !== '') return [at]
  const more = schema.additionalProperties
  return [
    ...(more !== undefined && more !== false && !('enum' in ((schema.propertyNames ?? {}) as Schema)) ? [at] : []),
    ...properties.flatMap(([name, part]) => inside(part, name)),
    ...(schema.type === 'array' ? inside(schema.items, '[]') : []),
  ]
}
const mapping = 'only fields and options of the importer (checkMapping)'
const loose: Readonly<Record<string, string>> = {
  'POST /imports mapping.columns': mapping,
  'POST /imports mapping.options': mapping,
  'POST /import-mappings mapping.columns': mapping,
  'POST /import-mappings mapping.options': mapping,
  'PUT /organization/notifications/choices mail': 'only kinds that a module names',
  'PATCH /organization/roles before': 'only compared with what is there',
  'PATCH /organization/roles after': 'only roles that there are and permissions that a module names, none beyond one’s own',
  'PUT /organization/settings/:key value': 'the schema of the setting',
  'POST /customers own': 'only fields that the company has defined',
  'POST /customers/:id/merges ownChoices': 'only own fields of which both know something are asked for; others do not matter',
  'PATCH /customers/:id/own-values before': 'only fields that the company has defined',
  'PATCH /customers/:id/own-values values': 'only fields that the company has defined',
  'POST /cases/:caseId/observations values': 'texts by the names of what may matter, which whoever observes it gives',
  'POST /customer-views definition.query': 'a screen that opens it reads what the list’s contract names',
}

let app: App
let known: Readonly<Record<string, string>>
let things: Readonly<Record<string, string>>
beforeAll(async () => {
  app = await startApp()
  const someone = await colleague(app, 'Somebody')
  const customers = app.as(customersApi)
  const [one, other] = [await customers.create({ values: { name: 'One' } }), await customers.create({ values: { name: 'Other' } })]
  const lines = [{ product: 'P', quantity: '1', unitPrice: '10' }]
  const order = await app.as(ordersApi).place({ customerId: one.id, day: '2025-12-01', number: 'N-1', lines })
  const owed = await app.transaction((context) =>
    addCommitment(context, { customerId: one.id, ownerId: everybody.id, kind: 'task', title: 'Call', dueDay: '2026-01-05' }),
  )
  known = { id: one.id, customerId: one.id, otherId: other.id, userId: someone.id }
  const enquiry = { subject: 'Where is it?', description: 'It has not come', channel: 'phone' } as const
  const { id: caseId } = await app.as(casesApi).open({ ...enquiry, customerId: one.id, kind: 'enquiry' })
  things = { customer: one.id, 'orders.order': order.id, 'commitments.commitment': owed.id, 'cases.case': caseId }
})
afterAll(() => app.close())

/** Required values that the schema alone does not tell. */
const filled: Readonly<Record<string, object>> = {
  'POST /customers': { values: { name: 'Made' } },
  'PATCH /customers/:id': { values: { note: 'Changed' } },
  'POST /customers/:customerId/orders': { lines: [{ product: 'P', quantity: '1', unitPrice: '1' }] },
  'PUT /orders/:id': { lines: [{ product: 'P', quantity: '1', unitPrice: '1' }] },
  'POST /organization/invitations': { email: 'somebody.new@example.com' },
  'PUT /organization/settings/:key': { key: 'organization.uploads', value: { keptDays: 30 }, version: 0 },
  'POST /customer-views': { version: 0 },
  'POST /touch-templates': { version: 0 },
  'PUT /customers/:id/main-contacts/:kind': { kind: 'email', version: 0 },
  'PUT /customers/:customerId/cadence': { before: null },
  'PUT /value/customers/:customerId/tier': { basedOn: null },
  'PUT /value/customers/:customerId/exemption': { basedOn: null },
  'POST /cases': { kind: 'enquiry' },
  'POST /desk/cases': { kind: 'enquiry', interim: null, promise: null, techniques: [], guide: [] },
  'PATCH /cases/:caseId': { changes: { subject: 'Changed', complainant: { name: 'Somebody', contact: null, authority: null } } },
  'POST /cases/:caseId/conversion': { kind: 'request', record: { subject: 'Changed' } },
  'POST /day-rates': { currency: 'EUR', before: null },
  'PATCH /organization/roles': { before: { agent: { 'organization.audit': null } }, after: { agent: { 'organization.audit': 'all' } } },
}

async function send({ address, endpoint }: (typeof writes)[number]) {
  const named = Array.isArray(endpoint.about)
    ? endpoint.about.flatMap(({ thing, field }) => (things[thing] ? [[field, things[thing]]] : []))
    : []
  const plain = plainInput(endpoint)
  const wanted = Object.entries(known).filter(([field]) => field in plain)
  const input = { ...plain, ...Object.fromEntries(wanted), ...Object.fromEntries(named), ...filled[address] }
  if (endpoint.path.startsWith('/cases/:caseId'))
    Object.assign(input, await app.db.selectFrom('cases.case').select('version').where('id', '=', things['cases.case']!).executeTakeFirst())
  const body = marked(input, schemaOf(endpoint)) as Record<string, unknown>
  let path = endpoint.path
  for (const field of placeholders(endpoint.path)) path = path.replace(`:${field}`, encodeURIComponent(String(input[field as never])))
  const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }
  return app.request(`/api/v1${path}`, { method: endpoint.method, headers, body: JSON.stringify(body) })
}

test('none of it is found in any table after every write was sent it', { timeout: 120_000 }, async () => {
  const carriedOut: string[] = []
  // What takes away comes last.
  for (const write of writes.toSorted((a, b) => Number(a.endpoint.method === 'DELETE') - Number(b.endpoint.method === 'DELETE'))) {
    const response = await send(write)
    expect(response.status, `${write.address}: ${await response.clone().text()}`).toBeLessThan(500)
    if (response.ok) carriedOut.push(write.address)
  }
  expect(carriedOut.length, carriedOut.join('\n')).toBeGreaterThan(40)
  expect(await placesOf(marker, markedWord, String(markedNumber), markedDay)).toEqual([])
})

/** Where one of some texts stands in the database: table and the whole row. */
async function placesOf(...texts: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const { name } of await archivedTables(app.db)) {
    const [schema, table] = name.split('.')
    const { rows } = await sql<{ row: string }>`
      select t::text as row from ${sql.id(schema!, table!)} t where t::text like any(${texts.map((text) => `%${text}%`)}) limit 3`.execute(
      app.db,
    )
    found.push(...rows.map(({ row }) => `${name}: ${row.slice(0, 300)}`))
  }
  return found
}
