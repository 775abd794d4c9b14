import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { type App, holder, startApp } from '#test/app.ts'
import { tellBrokenPromises } from './actions/promises.ts'
import { billingApi } from './api/billing.ts'
import { termsApi } from './api/terms.ts'
import { ordersApi } from './api.ts'
import { deviationsOfOrder, orderByNumber } from './public.ts'

let app: App
let customerId: string
beforeAll(async () => {
  app = await startApp({ now: new Date('2026-03-10T12:00:00Z') })
  customerId = (await app.as(customersApi).create({ values: { name: 'Ann Lee', ownerId: 'tester' } })).id
})
afterAll(() => app.close())

const orders = () => app.as(ordersApi)
const terms = () => app.as(termsApi)
const billing = () => app.as(billingApi)
const line = (product: string, quantity: string, unitPrice = '10') => ({ product, quantity, unitPrice })
const place = (more: object = {}) =>
  orders().place({ customerId, day: '2026-02-20', lines: [line('TEA', '100'), line('CUP', '4')], ...more })
const facts = async (name: string, orderId: string) =>
  (
    await sql<{ payload: Record<string, unknown> }>`
      select payload || coalesce(personal, '{}') as payload from platform.fact where name = ${name} and payload ->> 'orderId' = ${orderId} order by id`.execute(
      app.db,
    )
  ).rows.map(({ payload }) => payload)

describe('terms and deliveries by hand', () => {
  test('promised with the order, delivered short and late: the deviations are those that a complaint begins with', async () => {
    const promised = { promisedDay: '2026-03-01', deliveryPlace: 'Yard 1', lines: [{ place: 1, grade: 'A' }] }
    const order = await place({ terms: promised })
    const first = await terms().terms({ id: order.id })
    expect(first).toMatchObject({ version: 1, promise: { standing: 'overdue', days: 9 }, byHand: true })
    expect(first.deviations.map(({ term }) => term)).toEqual(['deliveryTime'])
    const view = await terms().noteDelivery({
      id: order.id,
      day: '2026-03-03',
      moreFollows: false,
      deliveryPlace: 'yard  1',
      lines: [{ place: 1, quantity: '95.0', grade: 'B' }],
    })
    expect(view.promise).toEqual({ promisedDay: '2026-03-01', deliveredDay: '2026-03-03', standing: 'late', days: 2 })
    expect(view.deviations).toEqual([
      { term: 'deliveryTime', place: null, promised: '2026-03-01', delivered: '2026-03-03', difference: { unit: 'days', days: 2 } },
      { term: 'quantity', place: 1, promised: '100', delivered: '95', difference: { unit: 'quantity', quantity: '-5' } },
      { term: 'grade', place: 1, promised: 'A', delivered: 'B', difference: null },
    ])
    await terms().noteFreight({ id: order.id, kind: 'damage', day: '2026-03-03', line: 1, quantity: '2', note: 'Wet cartons' })
    const found = await deviationsOfOrder(app.db, customerId, order.id, '2026-03-10')
    expect(found).toMatchObject({ deviations: view.deviations, freight: [{ kind: 'damage', line: 1, quantity: '2', note: 'Wet cartons' }] })
    expect(await deviationsOfOrder(app.db, order.id, order.id, '2026-03-10')).toBeNull()
    expect(await facts('orders.delivery-noted', order.id)).toMatchObject([{ deliveredDay: '2026-03-03', lateDays: 2, customerId }])
    expect(await facts('orders.freight-noted', order.id)).toMatchObject([{ kind: 'damage', note: 'Wet cartons' }])
    const { items } = await orders().ofCustomer({ customerId })
    expect(items.find(({ id }) => id === order.id)!.promise).toMatchObject({ standing: 'late', days: 2 })
  })

  test('two who write at once are told; what was noted wrongly is taken back', async () => {
    const order = await place()
    expect(await terms().terms({ id: order.id })).toMatchObject({ version: 0, deviations: [], promise: { standing: null } })
    const set = await terms().setTerms({ id: order.id, version: 0, promisedDay: '2026-03-20', quantity: '104.50', settlement: 'Monthly' })
    expect(set).toMatchObject({ version: 1, terms: { quantity: '104.5', settlement: 'Monthly' }, promise: { standing: 'open', days: -10 } })
    await expect(terms().setTerms({ id: order.id, version: 0, promisedDay: '2026-03-21' })).rejects.toMatchObject({
      reason: 'changed-meanwhile',
    })
    const noted = await terms().noteDelivery({ id: order.id, day: '2026-03-09', moreFollows: true, quantity: '60' })
    expect(noted).toMatchObject({ promise: { standing: 'open', deliveredDay: null }, delivered: { quantity: '60' }, deviations: [] })
    const deliveryId = noted.deliveries[0]!.id
    await expect(terms().removeDelivery({ id: order.id, deliveryId, version: 1 })).rejects.toMatchObject({ reason: 'changed-meanwhile' })
    const { deliveries, version } = await terms().removeDelivery({ id: order.id, deliveryId, version: noted.version })
    expect(deliveries).toEqual([])
    await expect(terms().removeDelivery({ id: order.id, deliveryId, version })).rejects.toMatchObject({ reason: 'no-such-order-delivery' })
    expect(await facts('orders.delivery-removed', order.id)).toMatchObject([{ deliveryId, day: '2026-03-09' }])
    expect(await facts('orders.terms-changed', order.id)).toMatchObject([{ promisedDayBefore: null, promisedDay: '2026-03-20' }])
    const event = await terms().noteFreight({ id: order.id, kind: 'loss', day: '2026-03-09' })
    const gone = await terms().removeFreight({ id: order.id, eventId: event.freight[0]!.id, version: event.version })
    expect(gone.freight).toEqual([])
  })

  test('lines that the order does not have, or that are named twice, are refused', async () => {
    const order = await place({ lines: [line('TEA', '1'), { kind: 'shipping', cost: '3' }] })
    for (const [places, reason] of [
      [[3], 'no-such-goods'],
      [[2], 'no-such-goods'],
      [[1, 1], 'line-twice'],
    ] as const)
      await expect(
        terms().noteDelivery({
          id: order.id,
          day: '2026-03-01',
          moreFollows: false,
          lines: places.map((at) => ({ place: at, quantity: '1' })),
        }),
      ).rejects.toMatchObject({ reason, fields: [{ field: 'lines' }] })
    await expect(place({ terms: { lines: [{ place: 9, grade: 'A' }] } })).rejects.toMatchObject({ fields: [{ field: 'terms.lines' }] })
  })

  test('where it is delivered to is for those who see how customers are reached, and nobody else clears it', async () => {
    const order = await place({ terms: { deliveryPlace: 'Canary Row 4' } })
    await terms().noteDelivery({ id: order.id, day: '2026-03-01', moreFollows: false, deliveryPlace: 'Elsewhere 5' })
    const blind = app.as(termsApi, holder('orders.read', 'orders.write'))
    const seen = await blind.terms({ id: order.id })
    expect(JSON.stringify(seen)).not.toMatch(/Canary|Elsewhere/)
    expect(seen.deviations).toMatchObject([{ term: 'deliveryPlace', promised: null, delivered: null }])
    await blind.setTerms({ id: order.id, version: seen.version, promisedDay: '2026-03-02' })
    expect((await terms().terms({ id: order.id })).terms).toMatchObject({ deliveryPlace: 'Canary Row 4', promisedDay: '2026-03-02' })
  })

  test('what was said of a line follows it when the order is changed', async () => {
    const order = await place({ terms: { lines: [{ place: 2, grade: 'Fine' }] } })
    await terms().noteDelivery({ id: order.id, day: '2026-03-01', moreFollows: false, lines: [{ place: 2, quantity: '3' }] })
    await terms().noteFreight({ id: order.id, kind: 'damage', day: '2026-03-01', line: 2 })
    await orders().change({ id: order.id, version: order.version, lines: [line('NEW', '1'), line('TEA', '100'), line('CUP', '4')] })
    const view = await terms().terms({ id: order.id })
    expect(view.terms.lines).toEqual([{ place: 3, quantity: null, grade: 'Fine', specification: null }])
    expect(view.delivered.lines).toEqual([{ place: 3, quantity: '3' }])
    expect(view.freight[0]!.line).toBe(3)
    expect(view.deviations).toMatchObject([{ term: 'quantity', place: 3, difference: { quantity: '-1' } }])
  })
})

describe('promised days', () => {
  const tell = () => app.transaction((context) => tellBrokenPromises(context))

  test('one that passes is announced once, before the customer says anything; a new promise may be broken anew', async () => {
    const order = await place({ number: 'LATE-1', terms: { promisedDay: '2026-03-10' } })
    await tell()
    expect(await facts('orders.delivery-late', order.id)).toEqual([])
    app.now = new Date('2026-03-12T00:30:00Z')
    await tell()
    await tell()
    const first = {
      customerId,
      orderId: order.id,
      number: 'LATE-1',
      promisedDay: '2026-03-10',
      deliveredDay: null,
      days: 2,
      ownerId: 'tester',
    }
    expect(await facts('orders.delivery-late', order.id)).toEqual([first])
    // It comes late after all: that it would was said.
    await terms().noteDelivery({ id: order.id, day: '2026-03-12', moreFollows: false })
    await tell()
    expect(await facts('orders.delivery-late', order.id)).toEqual([first])
    const { version } = await terms().terms({ id: order.id })
    await terms().setTerms({ id: order.id, version, promisedDay: '2026-03-11' })
    await tell()
    expect(await facts('orders.delivery-late', order.id)).toEqual([
      first,
      { ...first, promisedDay: '2026-03-11', deliveredDay: '2026-03-12', days: 1 },
    ])
  })

  test('what was cancelled, came in time, or was broken long ago is not announced', async () => {
    const cancelled = await place({ terms: { promisedDay: '2026-03-05' } })
    await orders().cancel({ id: cancelled.id, version: cancelled.version })
    const old = await place({ terms: { promisedDay: '2026-01-05' } })
    const kept = await place({ terms: { promisedDay: '2026-03-05' } })
    await terms().noteDelivery({ id: kept.id, day: '2026-03-05', moreFollows: false })
    await tell()
    for (const { id } of [cancelled, old, kept]) expect(await facts('orders.delivery-late', id)).toEqual([])
  })

  test('the months count every promise once, and the lists name the broken ones', async () => {
    await sql`delete from orders.term`.execute(app.db)
    app.now = new Date('2026-03-12T12:00:00Z')
    const deliver = async (promisedDay: string, day: string | null) => {
      const order = await place({ terms: { promisedDay } })
      if (day) await terms().noteDelivery({ id: order.id, day, moreFollows: false })
      return order.id
    }
    await deliver('2026-02-10', '2026-02-09')
    await deliver('2026-02-10', '2026-02-10')
    const late = await deliver('2026-02-28', '2026-03-03')
    const overdue = await deliver('2026-03-11', null)
    await deliver('2026-03-12', null)
    const gone = await place({ terms: { promisedDay: '2026-03-01' } })
    await orders().cancel({ id: gone.id, version: gone.version })
    const { items } = await terms().promiseMonths({})
    expect(items).toHaveLength(12)
    expect(items.at(-2)).toMatchObject({ month: '2026-02', early: 1, onTime: 1, late: 1, overdue: 0, open: 0, due: 3, meanLateDays: 3 })
    expect(items.at(-1)).toMatchObject({ month: '2026-03', late: 0, overdue: 1, open: 1, due: 1, overdueShare: 1 })
    expect(items[0]).toMatchObject({ month: '2025-04', due: 0, lateShare: null })
    expect((await terms().brokenPromises({ state: 'overdue' })).items).toMatchObject([
      { orderId: overdue, days: 1, customerName: 'Ann Lee' },
    ])
    expect((await terms().brokenPromises({ state: 'late' })).items).toMatchObject([{ orderId: late, days: 3, deliveredDay: '2026-03-03' }])
    await deliver('2026-03-01', null)
    const page = await terms().brokenPromises({ state: 'overdue', limit: 1 })
    expect(page.items).toMatchObject([{ promisedDay: '2026-03-01' }])
    expect((await terms().brokenPromises({ state: 'overdue', limit: 1, cursor: page.next! })).items).toMatchObject([{ orderId: overdue }])
  })

  test('whoever sees only some customers gets their broken promises, and no figures of everybody', async () => {
    const mine = {
      ...app,
      actor: { kind: 'person' as const, id: 'mine', name: 'Mine', roles: [], can: () => true, reach: () => ['nobody'] },
    }.actor
    expect(await app.as(termsApi, mine).brokenPromises({ state: 'overdue' })).toEqual({ items: [], next: null })
    await expect(app.as(termsApi, mine).promiseMonths({})).rejects.toMatchObject({ status: 403 })
  })

  test('the timeline tells of deliveries and of days that passed', async () => {
    const { id } = await app.as(customersApi).create({ values: { name: 'Timeline' } })
    const make = (promisedDay: string) =>
      orders().place({ customerId: id, day: '2026-02-20', lines: [line('TEA', '1')], terms: { promisedDay } })
    const early = await make('2026-03-05')
    await terms().noteDelivery({ id: early.id, day: '2026-03-03', moreFollows: false })
    await make('2026-03-08')
    const { items } = await app.as(customersApi).timeline({ id, of: 'orders', limit: 10 })
    expect(items.map(({ kind, values }) => [kind, values.day, values.count])).toEqual([
      ['orders.overdue', '2026-03-09', 0],
      ['orders.early', '2026-03-03', 2],
      ['orders.purchase', '2026-02-20', undefined],
      ['orders.purchase', '2026-02-20', undefined],
    ])
    const pages: string[] = []
    for (let cursor: string | undefined; ; ) {
      const page = await app.as(customersApi).timeline({ id, of: 'orders', limit: 1, ...(cursor ? { cursor } : {}) })
      pages.push(...page.items.map(({ kind }) => kind))
      if (!page.next) break
      cursor = page.next
    }
    expect(pages).toEqual(items.map(({ kind }) => kind))
  })
})

describe('an order number that somebody types', () => {
  test('leads to the one order of that number, and to nothing where two sources have it', async () => {
    const order = await place({ number: 'PUB-1' })
    expect(await orderByNumber(app.db, ' PUB-1 ')).toEqual({ customerId, orderId: order.id })
    expect(await orderByNumber(app.db, 'PUB-2')).toBeNull()
    expect(await orderByNumber(app.db, '')).toBeNull()
    await orders().batch(
      { source: 'web', orders: [{ number: 'PUB-1', customer: 'c', day: '2026-03-01', lines: [line('TEA', '1')] }] },
      { idempotencyKey: 'pub' },
    )
    expect(await orderByNumber(app.db, 'PUB-1')).toBeNull()
  })
})

describe('bills', () => {
  test('a dispute is opened once, a correction is logged with both states, and the settlement ends it', async () => {
    await sql`delete from orders.correction`.execute(app.db)
    const order = await place({ day: '2026-03-02' })
    const opened = await billing().dispute({ id: order.id, reason: 'price', note: 'Agreed 9' })
    await expect(billing().dispute({ id: order.id, reason: 'other' })).rejects.toMatchObject({ reason: 'disputed-already' })
    expect((await billing().openDisputes({})).items).toMatchObject([{ orderId: order.id, reason: 'price', netMinor: 104_000 }])
    // What it costs the company stands on no bill.
    const costed = await orders().change({
      id: order.id,
      version: 1,
      day: '2026-03-02',
      lines: [{ ...line('TEA', '100'), cost: '5' }, line('CUP', '4')],
    })
    expect((await billing().billing({ id: order.id })).corrections).toEqual([])
    await orders().change({ id: order.id, version: costed.version, day: '2026-03-02', lines: [line('TEA', '100', '9'), line('CUP', '4')] })
    const { corrections, disputes } = await billing().billing({ id: order.id })
    expect(corrections).toMatchObject([
      {
        beforeMinor: 104_000,
        afterMinor: 94_000,
        disputeId: opened.disputes[0]!.id,
        correctedBy: 'tester',
        lines: [{ place: 1, before: { unitPrice: '10', netMinor: 100_000 }, after: { unitPrice: '9', netMinor: 90_000 } }],
      },
    ])
    const settle = { id: order.id, disputeId: disputes[0]!.id, outcome: 'corrected' as const, note: 'Sorry' }
    await expect(billing().settle({ ...settle, version: 7 })).rejects.toMatchObject({ reason: 'changed-meanwhile' })
    const settled = await billing().settle({ ...settle, version: 1 })
    expect(settled.disputes).toMatchObject([{ outcome: 'corrected', settlementNote: 'Sorry', settledBy: 'tester' }])
    await expect(billing().settle({ ...settle, version: 2 })).rejects.toMatchObject({ reason: 'settled-already' })
    expect((await billing().openDisputes({})).items).toEqual([])
    expect(await facts('orders.billing-corrected', order.id)).toMatchObject([{ beforeMinor: 104_000, afterMinor: 94_000 }])
    expect(await facts('orders.dispute-settled', order.id)).toMatchObject([{ outcome: 'corrected', note: 'Sorry' }])
    const { items } = await billing().billingMonths({})
    const march = items.at(-1)!
    expect(march).toMatchObject({ month: '2026-03', disputed: 1, corrections: 1, correctedMinor: 10_000 })
    expect(march.disputedPerThousand).toBeCloseTo(1000 / march.billed, 9)
  })
})
