import { afterAll, beforeAll, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { type App, startApp } from '#test/app.ts'
import { ordersApi } from './api.ts'

let app: App
let customerId: string
beforeAll(async () => {
  app = await startApp({ now: new Date('2026-03-10T12:00:00Z') })
  customerId = (await app.as(customersApi).create({ values: { name: 'Ann Lee' } })).id
})
afterAll(() => app.close())

const api = () => app.as(ordersApi)
let key = 0
const refund = (id: string, lines: { place: number; quantity: string }[]) =>
  api().refund({ id, lines }, { idempotencyKey: `refund ${key++}` })

test('goods come back once: what is left of each line is shown, and more is refused by the line', async () => {
  const { id, lines } = await api().place({
    customerId,
    lines: [
      { product: 'TEA', quantity: '3', unitPrice: '10', cost: '12' },
      { product: 'POT', quantity: '1', unitPrice: '100' },
      { kind: 'shipping', cost: '4' },
    ],
  })
  const left = (order: { lines: typeof lines }) =>
    order.lines.map(({ refundableQuantity, refundableMinor }) => [refundableQuantity, refundableMinor])
  expect(left({ lines })).toEqual([
    ['3', 3000],
    ['1', 10_000],
    [null, null],
  ])
  expect(left(await refund(id, [{ place: 1, quantity: '2' }]))).toEqual([
    ['1', 1000],
    ['1', 10_000],
    [null, null],
  ])
  // The order has 110 left, so that only the line says no.
  await expect(refund(id, [{ place: 1, quantity: '2' }])).rejects.toMatchObject({
    status: 422,
    reason: 'too-many',
    detail: 'Of line 1 only 1 can still come back',
    values: { place: 1, left: '1' },
  })
  const again = await refund(id, [
    { place: 1, quantity: '1' },
    { place: 2, quantity: '1' },
  ])
  expect(again.refundableMinor).toBe(0)
  expect(again.refunds.map(({ costMinor }) => costMinor).sort()).toEqual([-400, -800])
  // A refund that is cancelled has taken nothing back.
  await api().cancel({ id: again.refunds.find(({ costMinor }) => costMinor === -800)!.id, version: 1 })
  expect(left(await api().one({ id }))[0]).toEqual(['2', 2000])
})

test('two people who give back the same goods at the same moment give them back once', async () => {
  const { id } = await api().place({
    customerId,
    lines: [
      { product: 'TEA', quantity: '1', unitPrice: '10' },
      { product: 'POT', quantity: '1', unitPrice: '100' },
    ],
  })
  const outcomes = await Promise.allSettled([1, 2, 3].map(() => refund(id, [{ place: 1, quantity: '1' }])))
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected'])
  expect((await api().one({ id })).refundableMinor).toBe(10_000)
})

test('an order keeps what came back of it: a change that takes a line below that is refused, and names the line', async () => {
  const tea = { product: 'TEA', quantity: '3', unitPrice: '10' }
  const pot = { product: 'POT', quantity: '1', unitPrice: '100' }
  const { id } = await api().place({ customerId, lines: [pot, tea] })
  const order = await refund(id, [{ place: 2, quantity: '2' }])
  const change = (...lines: object[]) => api().change({ id, version: 1, lines })
  const refused = { status: 409, reason: 'line-given-back', values: { place: 2, given: '2' } }
  await expect(change(pot, { ...tea, quantity: '1' })).rejects.toMatchObject({
    ...refused,
    detail: 'Of line 2, 2 came back already; the order must keep these goods, worth at least what was given back for them',
  })
  await expect(change(pot, { ...tea, unitPrice: '6' })).rejects.toMatchObject(refused)
  await expect(change(pot)).rejects.toMatchObject(refused)
  await expect(change(pot, { ...tea, product: 'COFFEE' })).rejects.toMatchObject(refused)
  await expect(api().cancel({ id, version: 1 })).rejects.toMatchObject({ status: 409, reason: 'given-back' })
  expect((await api().one({ id })).version).toBe(1)
  // In another order of lines, and with no more than what is left gone, it is the same order.
  const changed = await change({ ...tea, quantity: '2' }, pot)
  expect(changed.lines.map((line) => line.refundableQuantity)).toEqual(['0', '1'])
  const [back] = order.refunds
  await api().cancel({ id: back!.id, version: 1 })
  expect((await api().cancel({ id, version: 2 })).kind).toBe('cancelled')
})

test('a refund that is changed takes no more than one that is made, and an order stays worth what was given back', async () => {
  const { id } = await api().place({ customerId, lines: [{ product: 'TEA', quantity: '3', unitPrice: '10' }, { amount: '50' }] })
  const { refunds } = await refund(id, [{ place: 1, quantity: '1' }])
  const change = (line: object) => api().change({ id: refunds[0]!.id, version: 1, lines: [line] })
  await expect(change({ product: 'TEA', quantity: '-4', unitPrice: '10' })).rejects.toMatchObject({
    reason: 'too-many',
    values: { place: 1, left: '3' },
  })
  await expect(change({ amount: '-80.01' })).rejects.toMatchObject({ reason: 'more-than-paid' })
  await change({ amount: '-80' })
  await expect(api().change({ id, version: 1, lines: [{ amount: '79.99' }] })).rejects.toMatchObject({ reason: 'more-than-paid' })
})
