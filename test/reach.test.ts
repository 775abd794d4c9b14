import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commitmentsApi } from '#modules/commitments/api.ts'
import { addCommitment } from '#modules/commitments/public.ts'
import { api as customersApi } from '#modules/customers/api.ts'
import { ordersApi } from '#modules/orders/api.ts'
import type { Actor, Reach } from '#platform/context.ts'
import { type Endpoint, type Named, placeholders } from '#platform/contract.ts'
import { runsApi } from '#platform/runs/api.ts'
import { modules } from '../src/modules.ts'
import { type App, startApp } from './app.ts'
import { plainInput } from './plain-input.ts'

/** Whose a thing is: one's own, a colleague's of one's team, somebody else's, or nobody's because there is no such thing. */
const ownerships = ['own', 'colleague', 'stranger', 'absent'] as const
type Ownership = (typeof ownerships)[number]

/** What somebody sees whose role reaches so far. */
const sees: Readonly<Record<'own' | 'team' | 'all', readonly Ownership[]>> = {
  own: ['own'],
  team: ['own', 'colleague'],
  all: ['own', 'colleague', 'stranger'],
}
const users = {
  own: '0198c0de-0000-7000-8000-0000000000a1',
  colleague: '0198c0de-0000-7000-8000-0000000000a2',
  stranger: '0198c0de-0000-7000-8000-0000000000a3',
}
const absent = '0198c0de-0000-7000-8000-00000000dead'
const reaches: Readonly<Record<keyof typeof sees, Reach>> = { own: [users.own], team: [users.own, users.colleague], all: 'all' }
const whose = (scope: keyof typeof sees): Actor => ({
  kind: 'person',
  id: users.own,
  name: scope,
  roles: [],
  can: () => true,
  reach: () => reaches[scope],
})

const endpoints = modules.flatMap((module) =>
  Object.entries(module.api)
    .filter(([, endpoint]) => endpoint.permission !== 'public')
    .map(([name, endpoint]) => ({ id: `${module.name}.${name}`, endpoint })),
)
const naming = endpoints.filter(({ endpoint }) => typeof endpoint.about !== 'string')
const listing = endpoints.filter(({ endpoint }) => endpoint.about === 'reach')
const whole = endpoints.filter(({ endpoint }) => endpoint.about === 'everybody')

let app: App
/** One thing of each kind per ownership. A kind that is missing here fails the tests of whatever names it. */
let things: Readonly<Record<string, Readonly<Record<Ownership, string>>>>
beforeAll(async () => {
  app = await startApp()
  const customers = app.as(customersApi)
  const orders = app.as(ordersApi)
  const customer: Record<string, string> = { absent }
  const order: Record<string, string> = { absent }
  const commitment: Record<string, string> = { absent }
  const signal: Record<string, string> = { absent }
  const erasure: Record<string, string> = { absent }
  for (const [ownership, ownerId] of Object.entries(users)) {
    const made = await customers.create({
      values: { name: `Canary ${ownership}`, ownerId, email: `${ownership}@example.com`, city: `City of ${ownership}` },
    })
    customer[ownership] = made.id
    const placed = await orders.place({
      customerId: made.id,
      day: '2025-12-01',
      number: `N-${ownership}`,
      lines: [{ product: 'P', quantity: '1', unitPrice: '10' }],
    })
    order[ownership] = placed.id
    erasure[ownership] = (await customers.requestErasure({ id: made.id, reason: `Canary ${ownership} asks` })).id
    const about = { customerId: made.id, ownerId }
    const time = { startsAt: new Date('2026-01-02T09:00:00Z'), endsAt: new Date('2026-01-02T10:00:00Z') }
    const owed = await app.transaction((context) =>
      addCommitment(context, { ...about, ...time, kind: 'appointment', title: `Canary ${ownership} tasting` }),
    )
    commitment[ownership] = owed.id
    const noter = { ...whose('all'), id: ownerId }
    signal[ownership] = (await app.as(commitmentsApi, noter).captureSignal({ text: `Canary ${ownership} moves`, customerId: made.id })).id
  }
  things = {
    customer,
    'orders.order': order,
    'commitments.commitment': commitment,
    'commitments.signal': signal,
    'customers.erasure': erasure,
  } as unknown as typeof things
  Object.assign(filled['POST /customers/:id/relations']!, { id: customer.own, otherId: customer.own })
})
afterAll(() => app.close())

/** Required values that the schema alone does not tell. */
const filled: Readonly<Record<string, Record<string, unknown>>> = {
  'POST /customers/:customerId/orders': { lines: [{ product: 'P', quantity: '1', unitPrice: '1' }] },
  'PUT /orders/:id': { lines: [{ product: 'P', quantity: '1', unitPrice: '1' }] },
  'POST /orders/:id/refunds': { amount: '1' },
  // Two customers are named: the one that is not looked at is one's own.
  'POST /customers/:id/relations': {},
}

async function send(endpoint: Endpoint, given: Record<string, unknown>, actor: Actor) {
  const input = { ...plainInput(endpoint), ...filled[`${endpoint.method} ${endpoint.path}`], ...given }
  let path = endpoint.path
  for (const field of placeholders(endpoint.path)) {
    path = path.replace(`:${field}`, encodeURIComponent(String(input[field])))
    delete input[field]
  }
  const read = endpoint.method === 'GET' || endpoint.kind === 'upload'
  const query = read && Object.keys(input).length > 0 ? `?${new URLSearchParams(input as Record<string, string>)}` : ''
  const init = read
    ? { ...(endpoint.kind === 'upload' ? { body: 'content' } : {}) }
    : { body: JSON.stringify(input), headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() } }
  const response = await app.request(`/api/v1${path}${query}`, { method: endpoint.method, ...init }, actor)
  return { status: response.status, text: await response.text() }
}

/** What the rows of somebody look like, to see that nothing was written. */
const rowsOf = async (id: string) =>
  JSON.stringify([
    await app.db.selectFrom('customers.customer').selectAll().where('customer_id', '=', id).execute(),
    await app.db.selectFrom('customers.interaction').selectAll().where('customer_id', '=', id).execute(),
    await app.db.selectFrom('orders.purchase').selectAll().where('customer_id', '=', id).execute(),
  ])

describe('what an input names', () => {
  const cases = naming.flatMap(({ id, endpoint }) =>
    (endpoint.about as readonly Named[]).map(({ thing, field }) => ({ id, endpoint, thing, field })),
  )
  test.each(cases)('$id: $field is a $thing that has to be in reach', async ({ endpoint, thing, field }) => {
    const examples = things[thing]
    expect(examples, `an example of ${thing}`).toBeDefined()
    const before = await rowsOf(things.customer!.stranger)
    // What else the input names is one's own.
    const others = Object.assign(
      {},
      ...(endpoint.about as readonly Named[])
        .filter((one) => one.field !== field)
        .map((one) => inputWith(one.field, things[one.thing]!.own)),
    )
    for (const scope of ['own', 'team'] as const) {
      const nothing = await send(endpoint, { ...others, ...inputWith(field, absent) }, whose(scope))
      expect(nothing, `${scope}: absent`).toMatchObject({ status: 404, text: expect.stringContaining('not-found') })
      for (const ownership of ['stranger', 'colleague', 'own'] as const) {
        const answer = await send(endpoint, { ...others, ...inputWith(field, examples![ownership]) }, whose(scope))
        // What one may not see looks just like what does not exist.
        if (!sees[scope].includes(ownership)) expect(answer, `${scope}: ${ownership}`).toEqual(nothing)
        else expect(answer.text, `${scope}: ${ownership}`).not.toContain('"not-found"')
        expect(answer.status, answer.text).toBeLessThan(500)
      }
    }
    expect(await rowsOf(things.customer!.stranger)).toBe(before)
  })
  test('fields of bodies count as those of paths do', () => {
    for (const { id, endpoint } of endpoints)
      for (const field of placeholders(endpoint.path))
        if (/^customerId$/.test(field))
          expect(endpoint.about, `${id} names a customer in its path`).toContainEqual({ thing: 'customer', field })
  })
})

const inputWith = (path: string, id: string): Record<string, unknown> => {
  const [first = '', ...rest] = path.split('.')
  return { [first]: rest.length === 0 ? id : inputWith(rest.join('.'), id) }
}

describe('lists', () => {
  const words: Readonly<Record<string, string>> = { q: 'Canary', number: 'N-stranger', email: 'stranger@example.com', category: 'none' }
  test.each(listing)('$id shows nobody beyond reach', async ({ endpoint }) => {
    const shape = Object.keys((endpoint.input as { shape?: object }).shape ?? {})
    const given = Object.fromEntries(Object.entries(words).filter(([name]) => shape.includes(name)))
    for (const scope of ['own', 'team'] as const) {
      const answer = await send(endpoint, given, whose(scope))
      for (const ownership of ['colleague', 'stranger'] as const)
        if (!sees[scope].includes(ownership)) {
          expect(answer.text, `${scope}: ${ownership}`).not.toContain(things.customer![ownership])
          expect(answer.text, `${scope}: ${ownership}`).not.toMatch(new RegExp(`(Canary|City of|N-)[ ]?${ownership}`))
        }
    }
  })
  test('what is in reach is listed', async () => {
    for (const scope of ['own', 'team', 'all'] as const) {
      const { items } = await app.as(customersApi, whose(scope)).list({ q: 'canary', sort: 'name' })
      expect(items.map(({ name }) => name).toSorted()).toEqual(sees[scope].map((ownership) => `Canary ${ownership}`).toSorted())
      const found = await app.as(customersApi, whose(scope)).search({ q: 'canary' })
      expect(found.items).toHaveLength(sees[scope].length)
      const orders = await app.as(ordersApi, whose(scope)).latest({})
      expect(new Set(orders.items.map(({ customerId }) => customerId))).toEqual(
        new Set(sees[scope].map((ownership) => things.customer![ownership])),
      )
    }
  })
})

test.each(whole)('$id, figures over all customers, is closed to whoever sees only some', async ({ endpoint }) => {
  for (const scope of ['own', 'team'] as const) {
    const answer = await send(endpoint, {}, whose(scope))
    // What cannot be made up is refused for its form; nothing is ever answered.
    expect(answer.status, answer.text).toBeGreaterThanOrEqual(400)
    if (answer.status !== 422) expect(answer).toMatchObject({ status: 403, text: expect.stringContaining('reach-too-short') })
  }
})

describe('owners', () => {
  test('whoever sees only some customers owns those they make, and gives none away beyond reach', async () => {
    const mine = app.as(customersApi, whose('team'))
    const made = await mine.create({ values: { name: 'New one' } })
    expect(made.values.ownerId).toBe(users.own)
    const given = await mine.change({ id: made.id, version: made.version, values: { ownerId: users.colleague } })
    expect(given.values.ownerId).toBe(users.colleague)
    for (const ownerId of [users.stranger, null])
      await expect(mine.change({ id: made.id, version: given.version, values: { ownerId } })).rejects.toMatchObject({
        reason: 'owner-out-of-reach',
      })
    await expect(mine.create({ values: { name: 'Foreign', ownerId: users.stranger } })).rejects.toMatchObject({
      reason: 'owner-out-of-reach',
    })
  })
})

describe('who sees one module’s part as far as all, another’s only as far as their own', () => {
  const mixed = (...limited: string[]): Actor => ({
    ...whose('all'),
    reach: (permission) => (limited.includes(permission) ? [users.own] : 'all'),
  })
  test('the timeline shows of each module what its own permission reaches', async () => {
    const entries = async (actor: Actor, ownership: 'own' | 'stranger') =>
      (await app.as(customersApi, actor).timeline({ id: things.customer![ownership] })).items.map(({ kind }) => kind.split('.')[0])
    expect(await entries(whose('all'), 'stranger')).toContain('orders')
    expect(await entries(mixed('orders.read'), 'stranger')).not.toContain('orders')
    expect(await entries(mixed('orders.read'), 'own')).toContain('orders')
  })
  test('a run of somebody else that may be about all customers is neither looked into nor undone', async () => {
    const boss = app.as(customersApi, { ...whose('all'), id: users.stranger })
    const { runId } = await boss.changeMany(
      { ids: [things.customer!.stranger], change: { what: 'add-tag', tag: 'vip' } },
      { idempotencyKey: 'mixed' },
    )
    const limited = app.as(runsApi, mixed('customers.write'))
    expect(await limited.one({ id: runId })).toMatchObject({ input: null, result: null, mayCancel: false, mayUndo: false })
    await expect(limited.cancel({ id: runId })).rejects.toMatchObject({ status: 403, reason: 'reach-too-short' })
    await app.as(runsApi, whose('all')).cancel({ id: runId })
  })
  test('a change to many keeps to the list as it was asked: those of an age, and nobody else', async () => {
    const customers = app.as(customersApi, whose('all'))
    const old = await customers.create({ values: { name: 'Canary old', birthday: '1940-01-01' } })
    const { runId } = await customers.changeMany(
      { filter: { ageFrom: 80 }, change: { what: 'add-tag', tag: 'old' } },
      { idempotencyKey: 'aged' },
    )
    const { input } = await app.as(runsApi, whose('all')).one({ id: runId })
    const { items } = await customers.list({ ageFrom: 80 })
    expect(items.map(({ id }) => id)).toEqual([old.id])
    expect((input as { filter: object }).filter).toHaveProperty('bornTo')
    expect((input as { filter: object }).filter).not.toHaveProperty('ageFrom')
    await app.as(runsApi, whose('all')).cancel({ id: runId })
  })
  test('segments by contact data are for those who see it', async () => {
    const condition = { column: 'birthday', is: 'between', from: '1940-01-01', to: '1940-01-01' } as const
    const definition = { match: 'all', groups: [{ match: 'all', conditions: [condition] }] } as const
    const open = await app.as(customersApi, whose('all')).makeSegment({ name: 'Old', definition: definition as never, shared: true })
    const blind = app.as(customersApi, { ...whose('all'), can: (permission) => permission !== 'customers.read-personal' })
    await expect(blind.members({ segmentId: open.id })).rejects.toMatchObject({ reason: 'hidden-field' })
    await expect(blind.makeSegment({ name: 'Mine', definition: definition as never, shared: false })).rejects.toMatchObject({
      reason: 'hidden-field',
    })
    await expect(blind.segmentSize({ definition: JSON.stringify(definition) })).rejects.toMatchObject({ reason: 'hidden-field' })
  })
})
