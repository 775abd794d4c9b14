import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type App, everybody, startApp } from '#test/app.ts'
import { code, fact, personal } from '../fact.ts'
import { webhooksApi } from './api.ts'
import { deliverDue } from './deliver.ts'
import { webhookEnabled } from './facts.ts'
import { nextAttempt, shareable, signed } from './message.ts'
import { forgetDeliveries } from './store.ts'

interface Got {
  readonly headers: Record<string, string>
  readonly body: string
}
const got: Got[] = []
let answer = 204
let server: Server
let url = ''
let app: App
beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    got.push({ headers: request.headers as Record<string, string>, body })
    response.writeHead(answer).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as { port: number }).port}/hook`
  app = await startApp({ now: new Date('2026-03-01T12:00:00Z') })
})
afterAll(async () => {
  await app.close()
  server.close()
})
afterEach(() => {
  got.length = 0
  answer = 204
})

const api = () => app.as(webhooksApi)
const deliver = () => app.transaction((context) => deliverDue(context))
const happen = (times = 1) =>
  app.transaction(async (context) => {
    for (let i = 0; i < times; i++) await context.publish(webhookEnabled, { webhookId: context.newId() })
  })
const later = (seconds: number) => {
  app.now = new Date(app.now.getTime() + seconds * 1000)
}
async function listening(more: object = {}) {
  const { webhook, secret } = await api().add({ name: 'Till', url, facts: [webhookEnabled.name], ownNetwork: true, ...more })
  return {
    id: webhook.id,
    secret,
    remove: async () =>
      api().remove({ id: webhook.id, version: (await api().list({})).webhooks.find(({ id }) => id === webhook.id)!.version }),
  }
}
const log = async (id: string) => (await api().deliveries({ id })).items

describe('a message', () => {
  test('is signed as Standard Webhooks says', () => {
    // The example of the specification, 1.0.
    const headers = signed(
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      new Date(1_614_265_330_000),
      '{"test": 2432232314}',
      'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    )
    expect(headers).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    })
  })

  test('carries no free text of a fact, only what cannot be about a person', () => {
    const told = fact(
      'test.told',
      z.object({
        customerId: z.uuid(),
        name: z.string(),
        email: z.email(),
        link: z.url(),
        day: z.iso.date(),
        at: z.iso.datetime(),
        kind: z.enum(['a', 'b']),
        one: z.literal('one'),
        amountMinor: z.int(),
        yes: z.boolean(),
        reason: z.string().nullable(),
        tier: z.enum(['gold']).nullable(),
        moves: z.array(z.object({ to: z.enum(['a']), note: z.string() })),
        ids: z.array(z.uuid()),
        names: z.array(z.string()),
        free: z.record(z.string(), z.string()),
        whatever: z.unknown(),
        key: code,
        author: personal(z.uuid()),
        unknownNumber: z.unknown(),
      }),
    )
    const values = {
      customerId: '0198c0de-0000-7000-8000-000000000000',
      name: '王小明',
      email: 'ming@example.com',
      link: 'https://example.com/ming',
      day: '2026-03-01',
      at: '2026-03-01T12:00:00Z',
      kind: 'a',
      one: 'one',
      amountMinor: 100,
      yes: true,
      reason: 'his wife called',
      tier: null,
      moves: [{ to: 'a', note: 'for Ming' }],
      ids: ['0198c0de-0000-7000-8000-000000000000'],
      names: ['Ming'],
      free: { Ming: 'Ming' },
      whatever: { name: 'Ming' },
      key: 'organization.profile',
      author: '0198c0de-0000-7000-8000-000000000000',
      unknownNumber: 7,
    }
    const { name, email, link, reason, names, free, whatever, moves, author, unknownNumber, ...rest } = values
    expect(shareable(told, values)).toEqual({ ...rest, moves: [{ to: 'a' }] })
  })

  test('is tried ten times over more than three days, ever more slowly', () => {
    const now = new Date('2026-03-01T12:00:00Z')
    const moments = Array.from({ length: 10 }, (_, i) => nextAttempt(i + 1, now))
    expect(moments[9]).toBeNull()
    const waits = moments.slice(0, 9).map((moment) => (moment!.getTime() - now.getTime()) / 1000)
    expect(waits).toEqual(waits.toSorted((a, b) => a - b))
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(3 * 86_400)
  })
})

describe('a webhook', () => {
  test('is told what it chose, signed with a secret that lies nowhere in the open', async () => {
    const { id, secret, remove } = await listening()
    await happen()
    await app.transaction((context) => context.publish(fact('other.happened', z.object({})), {}))
    await deliver()
    expect(got).toHaveLength(1)
    const { headers, body } = got[0]!
    expect(JSON.parse(body)).toEqual({
      type: 'webhooks.enabled',
      timestamp: app.now.toISOString(),
      data: { webhookId: expect.any(String) },
    })
    const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
    const right = createHmac('sha256', Buffer.from(secret.slice(6), 'base64'))
      .update(content)
      .digest('base64')
    expect(headers['webhook-signature']).toBe(`v1,${right}`)
    expect(await log(id)).toMatchObject([{ fact: 'webhooks.enabled', state: 'delivered', attempts: 1, status: 204, problem: null }])
    for (const table of ['platform.webhook', 'platform.fact', 'platform.idempotency'] as const) {
      const rows = JSON.stringify(await app.db.selectFrom(table).selectAll().execute(), (_, value) =>
        value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value,
      )
      expect(rows).not.toContain(secret.slice(6, 20))
    }
    expect(JSON.stringify(await api().list({}))).not.toContain(secret)
    await deliver()
    expect(got).toHaveLength(1)
    await remove()
  })

  test('that fails is tried again with the same id, is not asked in between, and then gets everything in order', async () => {
    const { id, remove } = await listening()
    answer = 500
    await happen(3)
    await deliver()
    expect(got).toHaveLength(1)
    await deliver()
    expect(got).toHaveLength(1)
    expect((await log(id)).map(({ state, attempts, status }) => ({ state, attempts, status }))).toEqual([
      { state: 'waiting', attempts: 0, status: null },
      { state: 'waiting', attempts: 0, status: null },
      { state: 'waiting', attempts: 1, status: 500 },
    ])
    expect((await api().list({})).webhooks[0]!.failingSince).toEqual(app.now)
    answer = 200
    later(6)
    await deliver()
    expect(got).toHaveLength(4)
    expect(got[1]!.headers['webhook-id']).not.toBe(got[0]!.headers['webhook-id'])
    expect(got.slice(1).map(({ headers }) => headers['webhook-id'])).toContain(got[0]!.headers['webhook-id'])
    expect((await api().list({})).webhooks[0]!.failingSince).toBeNull()
    await remove()
  })

  test('that refuses one message gets the next ones; a redirect counts as failure', async () => {
    const { id, remove } = await listening()
    answer = 422
    await happen(2)
    await deliver()
    expect(got).toHaveLength(2)
    later(6)
    answer = 301
    await deliver()
    expect(await log(id)).toMatchObject([{ attempts: 1 }, { problem: 'redirect', status: 301, attempts: 2 }])
    await remove()
  })

  test('that fails for days is switched off and announced; on again, it begins anew', async () => {
    const { id, remove } = await listening()
    answer = 503
    await happen()
    for (let i = 0; i < 12; i++) {
      await deliver()
      later(86_400 / 2)
    }
    const [webhook] = (await api().list({})).webhooks
    expect(webhook).toMatchObject({ disabledBecause: 'failing', disabledAt: expect.any(Date) })
    const told = await app.db.selectFrom('platform.fact').select('payload').where('name', '=', 'webhooks.disabled').execute()
    expect(told.map(({ payload }) => payload)).toContainEqual({ webhookId: id, because: 'failing' })
    const before = got.length
    await happen()
    await deliver()
    expect(got).toHaveLength(before)
    expect(
      await api()
        .tryOut({ id })
        .catch((refused: unknown) => refused),
    ).toMatchObject({ status: 409, reason: 'webhook-off' })
    answer = 200
    expect(await api().switch({ id, enabled: true })).toMatchObject({ disabledAt: null, failingSince: null })
    await api().tryOut({ id })
    await deliver()
    expect(got.map(({ body }) => JSON.parse(body).type)).toContain('webhooks.trial')
    await remove()
  })

  test('that says it is gone is switched off at once', async () => {
    const { remove } = await listening()
    answer = 410
    await happen()
    await deliver()
    expect((await api().list({})).webhooks[0]).toMatchObject({ disabledBecause: 'gone' })
    await remove()
  })

  test('a message that failed for good is sent again by hand', async () => {
    const { id, remove } = await listening()
    answer = 400
    await happen()
    for (let i = 0; i < 9; i++) {
      await deliver()
      later(90_000)
      await app.db.updateTable('platform.webhook').set({ failing_since: null }).execute()
    }
    await deliver()
    expect(await log(id)).toMatchObject([{ state: 'failed', attempts: 10, status: 400 }])
    answer = 200
    got.length = 0
    await api().repeat({ id, deliveryId: (await log(id))[0]!.id })
    await deliver()
    expect(await log(id)).toMatchObject([{ state: 'delivered', attempts: 1, status: 200 }])
    const other = await listening()
    const foreign = { id: other.id, deliveryId: (await log(id))[0]!.id }
    expect(
      await api()
        .repeat(foreign)
        .catch((refused: unknown) => refused),
    ).toMatchObject({ status: 404 })
    await other.remove()
    await remove()
  })

  test('one that does not answer holds up no other, and nothing is announced twice by two workers', async () => {
    const dead = await listening({ url: 'http://127.0.0.1:1/' })
    const alive = await listening()
    await happen(2)
    await Promise.all([deliver(), deliver()])
    expect(got).toHaveLength(2)
    expect((await log(dead.id)).at(-1)).toMatchObject({ state: 'waiting', problem: 'not-reachable', status: null })
    await dead.remove()
    await alive.remove()
  })

  test('a fact that was not committed is told to nobody', async () => {
    const { id, remove } = await listening()
    await app
      .transaction(async (context) => {
        await context.publish(webhookEnabled, { webhookId: context.newId() })
        throw new Error('back')
      })
      .catch(() => null)
    expect(await log(id)).toEqual([])
    await remove()
  })

  test('addresses inside are refused when it is added and when it is changed, and when the name leads there', async () => {
    const values = { name: 'X', facts: [webhookEnabled.name], ownNetwork: false }
    const refusal = async (address: string) => {
      const { id, version } = (await api().add({ ...values, url: 'https://receiver.example/' })).webhook
      const added = await api()
        .add({ ...values, url: address })
        .catch((refused: unknown) => refused)
      const changed = await api()
        .change({ ...values, id, version, url: address })
        .catch((refused: unknown) => refused)
      await api().remove({ id, version })
      return [added, changed].map((one) => (one as { reason?: string }).reason)
    }
    expect(await refusal('http://0x7f.1/')).toEqual(['address-not-allowed', 'address-not-allowed'])
    expect(await refusal('http://169.254.169.254/')).toEqual(['address-not-allowed', 'address-not-allowed'])
    expect(await refusal('gopher://example.com/')).toEqual(['not-a-web-address', 'not-a-web-address'])
    const { webhook } = await api().add({ ...values, url: url.replace('127.0.0.1', 'localhost') })
    await happen()
    await deliver()
    expect(got).toEqual([])
    expect(await log(webhook.id)).toMatchObject([{ problem: 'address-not-allowed', state: 'waiting' }])
    await api().remove({ id: webhook.id, version: webhook.version })
  })

  test('is changed by whoever saw it last; a new secret replaces the old', async () => {
    const { id, secret, remove } = await listening()
    const values = { name: 'Till 2', url, facts: [webhookEnabled.name], ownNetwork: true }
    expect(await api().change({ id, version: 1, ...values })).toMatchObject({ name: 'Till 2', version: 2 })
    expect(
      await api()
        .change({ id, version: 1, ...values })
        .catch((refused: unknown) => refused),
    ).toMatchObject({ reason: 'changed-meanwhile' })
    expect(
      await api()
        .change({ id, version: 2, ...values, facts: ['no.such'] })
        .catch((refused: unknown) => refused),
    ).toMatchObject({
      reason: 'no-such-fact',
    })
    const renewed = await api().replaceSecret({ id })
    expect(renewed.secret).not.toBe(secret)
    expect((await api().list({})).facts).toEqual(expect.arrayContaining(['customers.created', 'platform.password-changed']))
    expect(
      await app
        .as(webhooksApi, { ...everybody, can: () => false, id: 'x' })
        .list({})
        .catch((refused: unknown) => refused),
    ).toMatchObject({ status: 403 })
    await remove()
  })

  test('what was delivered is forgotten after a month, what waits is not', async () => {
    const { id, remove } = await listening()
    await happen()
    await deliver()
    answer = 500
    await happen()
    await deliver()
    later(40 * 86_400)
    await app.transaction(({ db, now }) => forgetDeliveries(db, new Date(now.getTime() - 30 * 86_400_000)))
    expect((await log(id)).map(({ state }) => state)).toEqual(['waiting'])
    await remove()
  })
})
