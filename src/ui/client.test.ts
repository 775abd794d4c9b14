import { afterEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { endpoint, flag, instant, list, wholeNumber } from '#platform/contract.ts'
import { call, moduleOf, Problem, requestOf } from './client.ts'

const search = endpoint('GET /customers/:id/orders', {
  about: 'nobody',
  summary: 'x',
  permission: 'orders.read',
  input: z.object({
    id: z.string(),
    limit: wholeNumber().optional(),
    open: flag.optional(),
    tiers: list(z.string()).optional(),
    since: instant.optional(),
  }),
  result: z.object({ at: instant }),
})
const refund = endpoint('POST /orders/:id/refund', {
  about: 'nobody',
  summary: 'x',
  permission: 'orders.write',
  input: z.object({ id: z.string(), amount: z.int() }),
  result: z.object({}),
})

afterEach(() => vi.unstubAllGlobals())

const answering = (status: number, body: unknown) => {
  const fetched = vi.fn(async (_url: string, _request: RequestInit) => new Response(JSON.stringify(body), { status }))
  vi.stubGlobal('fetch', fetched)
  return fetched
}

test('fields go into the path and, encoded as the contract says, into the query of a read', () => {
  const { url, body } = requestOf(search, {
    id: 'a/b',
    limit: 20,
    open: false,
    tiers: ['gold', 'iron'],
    since: new Date('2011-12-09T00:00:00Z'),
  })
  expect(url).toBe('/api/v1/customers/a%2Fb/orders?limit=20&open=false&tiers=gold%2Ciron&since=2011-12-09T00%3A00%3A00.000Z')
  expect(body).toBeNull()
  expect(requestOf(search, { id: '1' }).url).toBe('/api/v1/customers/1/orders')
})

test('what the contract does not take goes as it is, so that the server says which field is wrong', () => {
  expect(requestOf(refund, { id: '7', amount: 'many' } as never)).toEqual({ url: '/api/v1/orders/7/refund', body: { amount: 'many' } })
})

test('what is not in the path of a write goes into its body', () => {
  expect(requestOf(refund, { id: '7', amount: 500 })).toEqual({ url: '/api/v1/orders/7/refund', body: { amount: 500 } })
})

test('an answer is decoded by the contract', async () => {
  answering(200, { at: '2011-12-09T08:00:00+08:00' })
  expect((await call(search, { id: '1' })).at).toEqual(new Date('2011-12-09T00:00:00Z'))
})

test('a write carries its key against repetition', async () => {
  const fetched = answering(200, {})
  await call(refund, { id: '7', amount: 500 }, { idempotencyKey: 'k1' })
  expect(fetched.mock.calls[0]?.[1]).toMatchObject({
    method: 'POST',
    body: '{"amount":500}',
    headers: { 'idempotency-key': 'k1', 'content-type': 'application/json' },
  })
})

test('a refusal is thrown with its reason, fields and values', async () => {
  answering(409, {
    type: 'about:blank',
    title: 'Conflict',
    status: 409,
    reason: 'already-refunded',
    detail: 'The order is already refunded',
    values: { order: '7' },
    fields: [{ field: 'id', reason: 'done', detail: 'd' }],
  })
  const problem = await call(refund, { id: '7', amount: 500 }).catch((error: unknown) => error)
  expect(problem).toBeInstanceOf(Problem)
  expect(problem).toMatchObject({
    status: 409,
    reason: 'already-refunded',
    message: 'The order is already refunded',
    module: 'orders',
    values: { order: '7' },
    fields: [{ field: 'id' }],
  })
})

test('no connection, a foreign answer and an unexpected shape are problems too, never exceptions of another kind', async () => {
  vi.stubGlobal('fetch', async () => {
    throw new TypeError('Failed to fetch')
  })
  await expect(call(refund, { id: '7', amount: 1 })).rejects.toMatchObject({ status: 0, reason: 'network-away' })
  vi.stubGlobal('fetch', async () => new Response('<html>Bad gateway</html>', { status: 502 }))
  await expect(call(refund, { id: '7', amount: 1 })).rejects.toMatchObject({ status: 502, reason: 'no-answer' })
  answering(200, { at: 'yesterday' })
  await expect(call(search, { id: '1' })).rejects.toMatchObject({ reason: 'unexpected-answer' })
})

test('an endpoint belongs to the module of its permission, a public one to that of its path', () => {
  expect(moduleOf(refund)).toBe('orders')
  expect(
    moduleOf(
      endpoint('GET /organization/session', {
        summary: 'x',
        about: 'nobody',
        permission: 'public',
        input: z.object({}),
        result: z.object({}),
      }),
    ),
  ).toBe('organization')
})
