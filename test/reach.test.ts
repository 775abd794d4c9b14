import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { casesApi } from '#modules/cases/api.ts'
import { api as customersApi } from '#modules/customers/api.ts'
import { ordersApi } from '#modules/orders/api.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import type { Actor } from '#platform/context.ts'
import type { Endpoint } from '#platform/contract.ts'
import { runsApi } from '#platform/runs/api.ts'
import { modules } from '../src/modules.ts'
import { type App, startApp } from './app.ts'
import { addressOf, ask } from './ask.ts'
import { canaryOf, makeCanaries, sees, type Things, users, whose } from './canaries.ts'

// Lists and figures end where somebody's reach ends. What ids in an input open is looked at in foreign-ids.test.ts.

const endpoints = modules.flatMap((module) =>
  Object.entries(module.api)
    .filter(([, endpoint]) => endpoint.permission !== 'public')
    .map(([name, endpoint]) => ({ id: `${module.name}.${name}`, endpoint })),
)
const listing = endpoints.filter(({ endpoint }) => endpoint.about === 'reach')
const whole = endpoints.filter(({ endpoint }) => endpoint.about === 'everybody')

let app: App
let things: Things
beforeAll(async () => {
  app = await startApp()
  things = await makeCanaries(app)
}, 60_000)
afterAll(() => app.close())

const counted = 'only counts, which differ with the reach'
/** Lists that name nobody of others even to whoever sees all, and why. */
const namesNobody: Readonly<Record<string, string>> = {
  'GET /customer-segments/size': counted,
  'GET /insight/home': counted,
  'GET /customer-changes/fields': 'names of fields',
  'GET /customers/filter-words': 'words of the archive',
  'GET /insight/benchmarks': 'figures that whoever sees only some gets none of',
}

describe('lists', () => {
  const words: Readonly<Record<string, string>> = { q: 'Canary', number: 'N-stranger', email: 'stranger@example.com', count: 'true' }
  const named = (): Readonly<Record<string, object>> => ({
    'GET /customer-segments/:segmentId/members': { segmentId: things.segment!.stranger },
    'GET /customer-needs/:needId/customers': { needId: things.need!.stranger },
    'GET /commitments/contact-next': { owner: users.stranger },
    'GET /commitments/archive-reviews': { owner: users.stranger },
    'GET /value/push-list': { category: 'Tea' },
    'GET /value/growth': { tier: 'iron' },
    'GET /value/treatments': { state: 'proposed' },
    'GET /cases': { number: things.caseNumber!.stranger },
    'GET /case-approvals': { of: 'all' },
    'GET /case-contests': { way: 'outside' },
    'GET /case-handlers/:userId/cases': { userId: users.stranger },
    'GET /service-points/:pointId/board': { pointId: things.servicePoint!.own },
    'GET /advisory-groups/:groupId': { groupId: things.advisoryGroup!.stranger },
    'GET /advisory-meetings/:meetingId': { meetingId: things.advisoryMeeting!.stranger },
    'GET /publications/:publicationId': { publicationId: things.publication!.stranger },
    'GET /case-problems/:problemId/cases': { problemId: things.problem!.own },
  })
  const reading = listing.filter(({ endpoint }) => endpoint.method === 'GET')
  const show = (endpoint: Endpoint, scope: keyof typeof sees) => {
    const shape = Object.keys((endpoint.input as { shape?: object }).shape ?? {})
    const given = Object.fromEntries(Object.entries(words).filter(([name]) => shape.includes(name)))
    return ask(app, endpoint, { ...given, ...named()[addressOf(endpoint)] }, whose(scope))
  }
  beforeAll(async () => {
    // What only valuations and months of silence bring about.
    await app.as(ordersApi).saveProduct({ code: 'P', before: {}, name: 'Pu-erh', category: 'Tea' } as never)
    app.now = new Date('2026-01-04T12:00:00Z')
    // Of today, as those who wait are.
    for (const ownership of Object.keys(users) as (keyof typeof users)[])
      await app.as(casesApi).issueNumber({ pointId: things.servicePoint!.own, customerId: things.customer![ownership] })
    await app
      .as(organizationApi)
      .changeSetting({ key: 'commitments.attention', value: { archiveReviewDays: 1, signalDays: 7 }, version: 0 })
  })
  afterAll(() => {
    app.now = new Date('2026-01-01T12:00:00Z')
  })
  test.each(reading)('$id shows nobody beyond reach, and whoever sees all sees them there', async ({ endpoint }) => {
    const all = await show(endpoint, 'all')
    expect(all.status, all.text).toBe(200)
    const address = addressOf(endpoint)
    if (!(address in namesNobody)) expect(all.text, 'to whoever sees all').toMatch(canaryOf('stranger'))
    for (const scope of ['own', 'team'] as const) {
      const answer = await show(endpoint, scope)
      expect(namesNobody[address] === counted ? all.text : '', 'counted').not.toBe(answer.text)
      for (const ownership of ['colleague', 'stranger'] as const)
        if (!sees[scope].includes(ownership)) {
          for (const kind of ['customer', 'friend', 'alias', 'erased'])
            expect(answer.text, `${scope}: ${kind} of ${ownership}`).not.toContain(things[kind]![ownership])
          expect(answer.text, `${scope}: ${ownership}`).not.toMatch(canaryOf(ownership))
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
      const cases = await app.as(casesApi, whose(scope)).list({ queue: 'all' })
      const of = sees[scope].map((ownership) => things.customer![ownership])
      expect(new Set(cases.items.flatMap(({ customer }) => customer?.id ?? []))).toEqual(new Set(of))
      // What they handle for others’ customers is there, without a word of whom it is about.
      const errands = cases.items.filter(({ subject }) => subject === 'A case of others')
      expect(errands.map(({ customer }) => customer === null).toSorted()).toEqual(
        { own: [true, true], team: [false, true], all: [false, false] }[scope],
      )
    }
  })
})

test.each(whole)('$id, figures over all customers, is closed to whoever sees only some', async ({ endpoint }) => {
  for (const scope of ['own', 'team'] as const) {
    const answer = await ask(app, endpoint, {}, whose(scope))
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
