import { createHmac, randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type App, startApp } from '#test/app.ts'
import { bringDueDelivery } from './actions/intake-bring.ts'
import { intakeApi } from './api/intake.ts'
import { ordersApi } from './api.ts'
import type { IntakeForm, IntakeSignature } from './domain/intake/forms.ts'

let app: App
beforeAll(async () => {
  app = await startApp({ now: new Date('2026-04-01T12:00:00Z') })
})
afterAll(() => app.close())

const api = () => app.as(intakeApi)
const refusal = (work: Promise<unknown>) => work.catch((refused: unknown) => refused)

let made = 0
async function intake(form: IntakeForm, signature: IntakeSignature = 'standard') {
  const { intake: one, secret } = await api().addIntake({ name: `Shop ${++made}`, source: `shop-${made}`, form, signature })
  return { ...one, secret: secret!, path: new URL(one.address, 'http://x').pathname }
}
type Made = Awaited<ReturnType<typeof intake>>

const hmac = (secret: string | Buffer, content: string | Buffer) => createHmac('sha256', secret).update(content).digest('base64')
const keyOf = (secret: string) => Buffer.from(secret.slice(6), 'base64')

/** As a shop sends it: the signature over the bytes of the body. */
function signedHeaders(to: Made, body: string | Buffer, id: string, more: { at?: Date; secret?: string } = {}): Record<string, string> {
  const secret = more.secret ?? to.secret
  if (to.signature === 'shopify') return { 'x-shopify-hmac-sha256': hmac(secret, body), 'x-shopify-webhook-id': id }
  if (to.signature === 'woocommerce') return { 'x-wc-webhook-signature': hmac(secret, body), 'x-wc-webhook-delivery-id': id }
  const timestamp = String(Math.floor((more.at ?? app.now).getTime() / 1000))
  const content = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), Buffer.from(body)])
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${hmac(keyOf(secret), content)}` }
}
async function post(path: string, body: string | Buffer, headers: Record<string, string>) {
  const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: body as string }
  const response = await app.request(path, init, null)
  return { status: response.status, text: await response.text() }
}
let sent = 0
const send = (to: Made, document: unknown, id = `msg_${++sent}`) => {
  const body = typeof document === 'string' ? document : JSON.stringify(document)
  return post(to.path, body, signedHeaders(to, body, id))
}
async function bring(): Promise<void> {
  while (await app.transaction(bringDueDelivery));
}
const log = async (to: Made) => (await api().intakeDeliveries({ id: to.id })).items
const order = (more: object = {}) => ({
  number: 'A1',
  customer: 'c1',
  customerName: 'Wang',
  day: '2026-03-30',
  lines: [{ product: 'TEA', quantity: '2', unitPrice: '5' }],
  ...more,
})
const found = async (number: string, source: string) =>
  (await app.as(ordersApi).find({ number })).items.filter((one) => one.source === source)

describe('a message of a shop', () => {
  test('is answered at once and brought in by the job; the log says so, and its content is gone', async () => {
    const to = await intake('patron')
    expect(await send(to, { orders: [order(), order({ number: 'A2' })] })).toMatchObject({ status: 200, text: '{"received":true}' })
    expect(await found('A1', to.source)).toEqual([])
    expect(await log(to)).toMatchObject([{ state: 'waiting', attempts: 0 }])
    await bring()
    expect(await found('A1', to.source)).toMatchObject([{ netMinor: 1000, customerName: 'Wang', byHand: false }])
    expect(await log(to)).toMatchObject([{ state: 'done', brought: 2, problems: [], attempts: 1 }])
    const rows = await app.db.selectFrom('orders.intake_delivery').select('body').where('intake_id', '=', to.id).execute()
    expect(rows).toEqual([{ body: null }])
  })

  test('in the forms of Shopify and WooCommerce becomes an order in its newest state', async () => {
    const shop = await intake('shopify', 'shopify')
    const state = (at: string, more = {}) => ({
      id: 1,
      name: '#9',
      currency: 'USD',
      created_at: '2026-03-31T10:00:00Z',
      updated_at: at,
      customer: { id: 5, first_name: 'Mei', last_name: 'Lin' },
      line_items: [{ id: 1, sku: 'CUP', quantity: 2, price: '10.00' }],
      ...more,
    })
    await send(shop, state('2026-04-01T11:00:00Z'))
    await bring()
    expect(await found('#9', shop.source)).toMatchObject([{ netMinor: 2000, day: '2026-03-31', customerName: 'Mei Lin' }])
    await send(shop, state('2026-04-01T11:30:00Z', { cancelled_at: '2026-04-01T11:30:00Z' }))
    // An older state that comes late changes nothing.
    await send(shop, state('2026-04-01T11:10:00Z', { note: 'late' }))
    await bring()
    expect(await found('#9', shop.source)).toMatchObject([{ kind: 'cancelled' }])
    expect((await log(shop)).map(({ state }) => state)).toEqual(['done', 'done', 'done'])

    const woo = await intake('woocommerce', 'woocommerce')
    await send(woo, {
      id: 3,
      number: '3',
      status: 'completed',
      currency: 'USD',
      date_created_gmt: '2026-03-31T10:00:00',
      date_modified_gmt: '2026-04-01T10:00:00',
      customer_id: 8,
      total: '22.00',
      billing: { first_name: 'John', last_name: 'Doe' },
      line_items: [{ sku: 'CUP', quantity: 2, subtotal: '22.00', total: '20.00' }],
      refunds: [{ total: '-11.00' }],
    })
    await bring()
    expect(await found('3', woo.source)).toMatchObject([{ netMinor: 1000, discountMinor: 200 }])
  })

  test('what cannot be used is kept with its reason and can be tried again; the others of the message are in', async () => {
    const to = await intake('patron')
    const orders = [
      order({ number: 'B1' }),
      order({ number: 'B2', currency: 'EUR' }),
      order({ number: 'B3', lines: [] }),
      order({ number: 'B4', customer: 'a\u0000b' }),
    ]
    await send(to, { orders })
    await bring()
    const [delivery] = await log(to)
    expect(delivery).toMatchObject({ state: 'waiting', brought: 1, attempts: 1 })
    expect(delivery!.problems.map(({ number, reason }) => [number, reason]).toSorted()).toEqual([
      ['B2', 'rate-missing'],
      ['B3', 'invalid-order'],
      ['B4', 'bad-text'],
    ])
    expect(await found('B1', to.source)).toHaveLength(1)
    for (const minutes of [6, 61, 361, 1441]) {
      app.now = new Date(app.now.getTime() + minutes * 60_000)
      await bring()
    }
    expect(await log(to)).toMatchObject([{ state: 'failed', attempts: 5 }])
    expect((await api().intakes({})).items.find(({ id }) => id === to.id)).toMatchObject({ hasFailed: true })
    await app.as(ordersApi).saveRate({ currency: 'EUR', day: '2026-03-30', before: null, rate: '1.1' })
    await api().repeatIntake({ id: to.id, deliveryId: delivery!.id })
    await bring()
    expect(await found('B2', to.source)).toMatchObject([{ currency: 'EUR', netMinor: 1100 }])
    expect((await log(to))[0]).toMatchObject({ state: 'failed', brought: 2 })
    const other = await intake('patron')
    expect(await refusal(api().repeatIntake({ id: other.id, deliveryId: delivery!.id }))).toMatchObject({ status: 404 })
  })

  test('what is no JSON, or deep without end, is kept and holds nobody up', async () => {
    const to = await intake('patron')
    await send(to, 'no json')
    await send(to, `{"orders":[${'['.repeat(500_000)}${']'.repeat(500_000)}]}`)
    await send(to, `{"orders":[{"number":"D1","customer":"c","lines":${'['.repeat(300_000)}${']'.repeat(300_000)}}]}`)
    await send(to, '{"__proto__":{"orders":[]},"constructor":{"prototype":{"orders":[]}}}')
    await send(to, { orders: [order({ number: 'D2', __proto__: { cancelled: true } })] })
    await bring()
    const reasons = (await log(to)).map(({ state, problems }) => [state, problems[0]?.reason])
    expect(reasons.toSorted()).toEqual([
      ['done', undefined],
      ['failed', 'invalid-order'],
      ['failed', 'not-an-order'],
      ['failed', 'not-json'],
      ['failed', 'number-missing'],
    ])
    expect(({} as { orders?: unknown }).orders).toBeUndefined()
  })

  test('the product’s own job brings it in', async () => {
    const working = await startApp({ work: true, now: app.now })
    const { intake: one, secret } = await working.as(intakeApi).addIntake({ name: 'S', source: 's', form: 'patron', signature: 'standard' })
    const to = { ...one, secret: secret! }
    const body = JSON.stringify({ orders: [order({ number: 'J1' })] })
    const headers = { 'content-type': 'application/json', ...signedHeaders(to as Made, body, 'm1') }
    await working.request(new URL(one.address, 'http://x').pathname, { method: 'POST', body, headers }, null)
    for (let tries = 0; tries < 300 && (await working.as(ordersApi).find({ number: 'J1' })).items.length === 0; tries++) await sleep(50)
    expect((await working.as(ordersApi).find({ number: 'J1' })).items).toHaveLength(1)
    await working.close()
  })
})

describe('an attack', () => {
  const nothing = { status: 404, text: expect.stringContaining('no-such-intake') }
  const body = JSON.stringify({ orders: [order({ number: 'X1' })] })

  test.each(['standard', 'shopify', 'woocommerce'] as const)(
    'with another secret, another content or no signature: %s',
    async (signature) => {
      const to = await intake('patron', signature)
      const other = await intake('patron', signature)
      const right = signedHeaders(to, body, 'm1')
      const name = Object.keys(right).find((one) => one.includes('sha256') || one.includes('signature'))!
      const changed = (value: string) => ({ ...right, [name]: value })
      expect(await post(to.path, body, {})).toMatchObject(nothing)
      expect(await post(to.path, body, signedHeaders(other, body, 'm1'))).toMatchObject(nothing)
      expect(await post(other.path, body, right)).toMatchObject(nothing)
      expect(await post(to.path, body.slice(0, -1), right)).toMatchObject(nothing)
      expect(await post(to.path, `${body} `, right)).toMatchObject(nothing)
      expect(await post(to.path, '', right)).toMatchObject(nothing)
      for (const value of [
        '',
        'v1,',
        right[name]!.slice(0, -2),
        right[name]!.toLowerCase(),
        ...(signature === 'standard' ? [] : [`${right[name]}, ${right[name]}`]),
        `v1a,${right[name]}`,
        Buffer.from(right[name]!).toString('hex'),
        'null',
        '\u00ff'.repeat(44),
      ])
        expect(await post(to.path, body, changed(value)), value).toMatchObject(nothing)
      expect(await log(to)).toEqual([])
      expect(await post(to.path, body, right)).toMatchObject({ status: 200 })
    },
  )

  test('learns nothing of whether an address is there', async () => {
    const to = await intake('patron')
    const closed = await intake('patron')
    await api().switchIntake({ id: closed.id, enabled: false })
    const wrong = { ...signedHeaders(to, body, 'm1'), 'webhook-signature': `v1,${randomBytes(32).toString('base64')}` }
    const answers = [
      await post(to.path, body, wrong),
      await post(`/api/v1/order-intake/${randomBytes(32).toString('base64url')}`, body, wrong),
      await post('/api/v1/order-intake/x', body, {}),
      await post(closed.path, body, signedHeaders(closed, body, 'm1')),
    ]
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    // The question of WooCommerce gets the same answer everywhere, and leaves nothing.
    const ping = { 'content-type': 'application/x-www-form-urlencoded' }
    expect(await post(to.path, 'webhook_id=12', ping)).toEqual(await post('/api/v1/order-intake/x', 'webhook_id=12', ping))
    expect(await post(to.path, 'webhook_id=12&x=1', ping)).toMatchObject(nothing)
    expect(await log(to)).toEqual([])
  })

  test('by sending again what was signed once', async () => {
    const to = await intake('patron')
    const old = signedHeaders(to, body, 'm1', { at: new Date(app.now.getTime() - 301_000) })
    expect(await post(to.path, body, old)).toMatchObject(nothing)
    expect(await post(to.path, body, signedHeaders(to, body, 'm1', { at: new Date(app.now.getTime() + 301_000) }))).toMatchObject(nothing)
    const right = signedHeaders(to, body, 'm1')
    expect((await post(to.path, body, { ...right, 'webhook-id': 'm2' })).status).toBe(404)
    expect((await post(to.path, body, { ...right, 'webhook-timestamp': '9'.repeat(12) })).status).toBe(404)
    for (let i = 0; i < 3; i++) expect((await post(to.path, body, right)).status).toBe(200)
    await Promise.all(Array.from({ length: 5 }, () => post(to.path, body, right)))
    expect(await log(to)).toHaveLength(1)

    // The id beside a signature over the content alone is worth nothing.
    const shop = await intake('patron', 'shopify')
    const young = JSON.stringify({ orders: [order({ number: 'X2', updatedAt: app.now.toISOString() })] })
    for (let i = 0; i < 3; i++) expect((await send(shop, young)).status).toBe(200)
    expect(await log(shop)).toHaveLength(1)
    await send(shop, { orders: [order({ number: 'X3', updatedAt: new Date(app.now.getTime() - 4 * 86_400_000).toISOString() })] })
    await send(shop, { orders: [order({ number: 'X4' })] })
    await bring()
    expect((await log(shop)).map(({ problems }) => problems[0]?.reason).toSorted()).toEqual(['time-missing', 'too-old', undefined])
  })

  test('with a huge body, and with a flood', async () => {
    const to = await intake('patron')
    const huge = 'x'.repeat((2 << 20) + 1)
    expect((await post(to.path, huge, signedHeaders(to, huge, 'm1'))).status).toBe(413)
    expect((await post(to.path, 'x', { 'content-length': '99999999' })).status).toBe(413)
    const before = await app.db.selectFrom('platform.fact').select('id').execute()
    const statuses: number[] = []
    for (let i = 0; i < 620; i++) statuses.push((await post('/api/v1/order-intake/flood', 'x', {})).status)
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(10)
    expect(statuses.slice(0, 600).every((status) => status === 404)).toBe(true)
    expect((await app.db.selectFrom('platform.fact').select('id').execute()).length).toBe(before.length)
  })
})

describe('an address', () => {
  test('keeps its secret and the unguessable part of itself sealed', async () => {
    const to = await intake('patron')
    await send(to, { orders: [order({ number: 'S1' })] })
    const token = to.path.split('/').at(-1)!
    expect(token.length).toBeGreaterThanOrEqual(43)
    for (const table of ['orders.intake', 'platform.fact', 'platform.idempotency'] as const) {
      const rows = JSON.stringify(await app.db.selectFrom(table).selectAll().execute(), (_, value) =>
        value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value,
      )
      expect(rows).not.toContain(token)
      expect(rows).not.toContain(to.secret.slice(6, 30))
    }
    expect(JSON.stringify(await api().intakes({}))).not.toContain(to.secret)
  })

  test('takes the shop’s own secret, another one later, is renamed, closed and removed', async () => {
    const given = 'shpss_0123456789abcdef'
    const { intake: one, secret } = await api().addIntake({
      name: 'S',
      source: 'own',
      form: 'shopify',
      signature: 'shopify',
      secret: given,
    })
    expect(secret).toBeNull()
    const to = { ...one, secret: given, path: new URL(one.address, 'http://x').pathname }
    expect((await send(to, {})).status).toBe(200)
    const renewed = await api().replaceIntakeSecret({ id: one.id })
    expect((await send(to, { a: 1 })).status).toBe(404)
    expect((await send({ ...to, secret: renewed.secret! }, { a: 1 })).status).toBe(200)
    expect(await api().changeIntake({ id: one.id, version: 1, name: 'T' })).toMatchObject({ name: 'T', version: 2 })
    expect(await refusal(api().changeIntake({ id: one.id, version: 1, name: 'U' }))).toMatchObject({ reason: 'changed-meanwhile' })
    expect(
      await refusal(api().addIntake({ name: 'S', source: 'x', form: 'patron', signature: 'standard', secret: 'too-plain-to-be-one' })),
    ).toMatchObject({ reason: 'not-a-secret' })
    await api().removeIntake({ id: one.id, version: 2 })
    expect((await send({ ...to, secret: renewed.secret! }, { a: 2 })).status).toBe(404)
  })
})
