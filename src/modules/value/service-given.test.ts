import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { figuresOf } from '#modules/customers/public.ts'
import { type App, holder, startApp } from '#test/app.ts'
import { makeCustomersWithDays, purchaseDay } from '#test/day-lists.ts'
import { eraseByTwo } from '#test/erasing.ts'
import { waitForRun } from '#test/wait-for-run.ts'
import { valueApi } from './api.ts'
import { requestValuation } from './runs/request.ts'

let app: App
let id: string
let other: string
const day = (text: string) => Date.parse(text) / 86_400_000
beforeAll(async () => {
  app = await startApp({ work: true, now: new Date('2026-03-10T09:00:00Z') })
  const ids = await app.transaction((context) =>
    makeCustomersWithDays(context, [
      { key: 'guest', days: [purchaseDay(day('2026-01-10'), 50_000)] },
      { key: 'other', days: [purchaseDay(day('2026-01-11'), 10_000)] },
    ]),
  )
  id = ids.get('guest')!
  other = ids.get('other')!
  const run = await app.transaction((context) => requestValuation(context, {}))
  expect((await waitForRun(app, run)).problem).toBeNull()
})
afterAll(() => app.close())
const value = () => app.as(valueApi)

const wifi = {
  layer: 'extra',
  extraType: 'value-added',
  name: 'Wireless network beside the coffee',
  description: null,
  expected: false,
  costMinor: 200,
  targetMinutes: null,
} as const

describe('the catalogue (K-01, K-02)', () => {
  test('a service has its layer, extra ones their type, each a name of its own', async () => {
    const made = await value().addService(wifi)
    expect(made).toMatchObject({ ...wifi, version: 1 })
    await expect(value().addService(wifi)).rejects.toMatchObject({ reason: 'service-name-taken', fields: [{ field: 'name' }] })
    await expect(value().addService({ ...wifi, name: 'X', extraType: null })).rejects.toMatchObject({ reason: 'extra-type-missing' })
    await expect(value().addService({ ...wifi, name: 'X', layer: 'in-scope' })).rejects.toMatchObject({ reason: 'extra-type-elsewhere' })
    const change = { serviceId: made.id, version: 1, ...wifi, costMinor: 300 }
    expect(await value().changeService(change)).toMatchObject({ version: 2, costMinor: 300 })
    await expect(value().changeService(change)).rejects.toMatchObject({ reason: 'changed-meanwhile' })
    const scope = { ...wifi, layer: 'in-scope', extraType: null, name: 'An answer in a day', expected: true, targetMinutes: 480 } as const
    const second = await value().addService(scope)
    await expect(value().changeService({ ...change, serviceId: second.id, version: 1 })).rejects.toMatchObject({
      reason: 'service-name-taken',
    })
    expect((await value().services({})).items.map(({ name }) => name)).toEqual([scope.name, wifi.name])
  })
  test('what is taken off the catalogue frees its name, and is not changed any more', async () => {
    const made = await value().addService({ ...wifi, name: 'Umbrella' })
    await expect(value().removeService({ serviceId: made.id, version: 2 })).rejects.toMatchObject({ reason: 'changed-meanwhile' })
    await value().removeService({ serviceId: made.id, version: 1 })
    expect((await value().services({})).items.map(({ name }) => name)).not.toContain('Umbrella')
    await value().addService({ ...wifi, name: 'Umbrella' })
    const change = { serviceId: made.id, version: 2, ...wifi, name: 'Umbrella stand' }
    await expect(value().changeService(change)).rejects.toMatchObject({ reason: 'changed-meanwhile' })
  })
})

const gift = { what: 'Tea of her home town', givenOn: '2026-03-01', costMinor: 1_200, scoreBefore: 6, scoreAfter: null, reaction: null }

describe('from what was noticed to a surprise (K-03)', () => {
  test('an observation gets a hypothesis, becomes an action with its cost, and later the customer’s reaction', async () => {
    const seen = await value().observe({ customerId: id, noticed: 'Speaks of her home town', hypothesis: null })
    expect(seen).toMatchObject({ state: 'noticed', noticedBy: 'tester', version: 1 })
    const change = { customerId: id, observationId: seen.id, version: 1, noticed: seen.noticed, hypothesis: 'Is homesick', dropped: false }
    expect(await value().changeObservation(change)).toMatchObject({ state: 'supposed', hypothesis: 'Is homesick', version: 2 })
    await expect(value().changeObservation(change)).rejects.toMatchObject({ reason: 'changed-meanwhile' })
    expect((await value().openObservations({})).items).toMatchObject([{ id: seen.id, customerId: id, customerName: expect.any(String) }])
    const before = await figuresOf(app.db, id)
    const given = await value().giveService({ customerId: id, serviceId: null, observationId: seen.id, ...gift })
    expect(given).toMatchObject({ layer: 'beyond', extraType: null, expected: false, observationId: seen.id, ...gift })
    expect((await value().observations({ customerId: id })).items).toMatchObject([{ state: 'acted' }])
    expect((await value().openObservations({})).items).toEqual([])
    // It costs what it costs: the customer's profit knows it at once.
    expect((await figuresOf(app.db, id)).profitMinor).toBe(before.profitMinor - 1_200)
    const reacted = { customerId: id, givenId: given.id, version: 1, ...gift, costMinor: 1_000, scoreAfter: 9, reaction: 'Wrote a letter' }
    expect(await value().changeServiceGiven(reacted)).toMatchObject({ scoreAfter: 9, reaction: 'Wrote a letter', version: 2 })
    expect((await figuresOf(app.db, id)).profitMinor).toBe(before.profitMinor - 1_000)
    await expect(value().changeServiceGiven(reacted)).rejects.toMatchObject({ reason: 'changed-meanwhile' })
  })
  test('it is found under its own customer only, and a day to come is refused', async () => {
    const seen = await value().observe({ customerId: id, noticed: 'Hums', hypothesis: 'Sings' })
    const change = { customerId: other, observationId: seen.id, version: 1, noticed: 'x', hypothesis: null, dropped: false }
    await expect(value().changeObservation(change)).rejects.toMatchObject({ status: 404, reason: 'no-such-observation' })
    const foreign = { customerId: other, serviceId: null, observationId: seen.id, ...gift }
    await expect(value().giveService(foreign)).rejects.toMatchObject({ reason: 'no-such-observation' })
    expect((await value().servicesGiven({ customerId: other })).items).toEqual([])
    const tomorrow = { customerId: id, serviceId: null, observationId: null, ...gift, givenOn: '2026-03-11' }
    await expect(value().giveService(tomorrow)).rejects.toMatchObject({ reason: 'day-in-the-future', fields: [{ field: 'givenOn' }] })
    await value().changeObservation({ ...change, customerId: id, noticed: 'Hums', dropped: true })
    expect((await value().openObservations({})).items).toEqual([])
  })
  test('whoever serves customers may note it, whoever only looks may not', async () => {
    const seen = { customerId: id, noticed: 'Left early', hypothesis: null }
    await expect(app.as(valueApi, holder('value.read')).observe(seen)).rejects.toMatchObject({ status: 403 })
    await app.as(valueApi, holder('value.serve')).observe(seen)
  })
  test('both stand on the customer’s timeline', async () => {
    const { items } = await app.as(customersApi).timeline({ id, of: 'value.service-given' })
    expect(items).toMatchObject([
      { kind: 'value.service-given', by: 'tester', values: { what: 'Tea of her home town', day: '2026-03-01' } },
    ])
    const noticed = await app.as(customersApi).timeline({ id, of: 'value.noticed' })
    expect(noticed.items.map(({ values }) => values.what).toSorted()).toEqual(['Hums', 'Left early', 'Speaks of her home town'])
    // Page by page each comes once.
    const pages: string[] = []
    for (let cursor: string | undefined; ; ) {
      const page = await app.as(customersApi).timeline({ id, of: 'value', limit: 1, ...(cursor ? { cursor } : {}) })
      pages.push(...page.items.map((entry) => entry.id))
      if (page.next === null) break
      cursor = page.next
    }
    const whole = await app.as(customersApi).timeline({ id, of: 'value' })
    expect(pages).toEqual(whole.items.map((entry) => entry.id))
  })
})

test('the layers are compared by the mean change of satisfaction; what was given keeps the layer of its day (K-04)', async () => {
  const service = (await value().services({})).items.find(({ name }) => name === wifi.name)!
  const scope = (await value().services({})).items.find(({ layer }) => layer === 'in-scope')!
  const give = (serviceId: string, scoreBefore: number | null, scoreAfter: number | null, givenOn = '2026-03-02') =>
    value().giveService({
      customerId: other,
      serviceId,
      observationId: null,
      ...gift,
      what: 'As promised',
      costMinor: 100,
      scoreBefore,
      scoreAfter,
      givenOn,
    })
  await give(service.id, 5, 7)
  await give(service.id, 6, 7)
  await give(service.id, 6, null)
  await give(scope.id, 7, 7)
  await give(scope.id, 1, 9, '2024-01-01')
  const moved = { ...wifi, layer: 'in-scope', extraType: null, expected: true } as const
  await value().changeService({ serviceId: service.id, version: service.version, ...moved })
  const found = await value().serviceLayers({})
  expect([found.from, found.to]).toEqual(['2025-03-11', '2026-03-10'])
  expect(found.layers).toMatchObject([
    { layer: 'in-scope', given: 1, scored: 1, meanChange: 0, plusMinus: null },
    { layer: 'extra', given: 3, scored: 2, meanChange: 1.5, costMinor: 300 },
    { layer: 'beyond', given: 1, scored: 1, meanChange: 3, costMinor: 1_000 },
  ])
  expect(found.extraTypes).toMatchObject([{ given: 3 }, { given: 0, meanChange: null }, { given: 0 }])
  expect([found.expected.meanChange, found.unexpected.meanChange]).toEqual([0, 2])
  expect((await value().serviceLayers({ from: '2024-01-01', to: '2024-01-01' })).layers[0]).toMatchObject({ given: 1, meanChange: 8 })
  await expect(value().serviceLayers({ from: '2026-02-02', to: '2026-02-01' })).rejects.toMatchObject({ reason: 'period-disordered' })
})

test('whoever was erased leaves the cost and nothing that says what it was', async () => {
  await eraseByTwo(app, id)
  const { items: left } = await value().servicesGiven({ customerId: id })
  expect(left).toMatchObject([{ what: '—', reaction: null, costMinor: 1_000, scoreAfter: 9 }])
  expect((await value().observations({ customerId: id })).items).toEqual([])
})
