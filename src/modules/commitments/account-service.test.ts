import { afterAll, beforeAll, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import type { Actor } from '#platform/context.ts'
import { type App, startApp } from '#test/app.ts'
import { commitmentsApi } from './api.ts'

let app: App
let id: string
const manager: Actor = {
  kind: 'person',
  id: '0198c0de-0000-7000-8000-0000000000aa',
  name: 'Ada',
  roles: [],
  can: () => true,
  reach: () => 'all',
}
beforeAll(async () => {
  app = await startApp({ now: new Date('2026-03-10T09:00:00Z') })
  id = (await archives().create({ values: { name: 'Lantern Hotel', ownerId: manager.id } })).id
})
afterAll(() => app.close())
const api = () => app.as(commitmentsApi, manager)
const archives = () => app.as(customersApi, manager)

test('an account has its own service sheet, line by line; of two who change a line one is told (L-03)', async () => {
  const line = { title: 'Delivery before nine', detail: 'Back door', since: '2026-01-01' }
  const made = await api().addService({ customerId: id, ...line })
  expect(made).toMatchObject({ ...line, version: 1, changedBy: manager.id })
  const change = { customerId: id, serviceId: made.id, version: 1, title: 'Delivery before eight', detail: null, since: null }
  expect(await api().changeService(change)).toMatchObject({ title: 'Delivery before eight', version: 2 })
  await expect(api().changeService(change)).rejects.toMatchObject({ reason: 'changed-meanwhile' })
  const other = (await archives().create({ values: { name: 'Somebody else' } })).id
  expect(await api().services({ customerId: other })).toEqual({ items: [] })
  // A line is found under its own customer only.
  await expect(api().changeService({ ...change, customerId: other, version: 2 })).rejects.toMatchObject({ reason: 'no-such-service' })
  await expect(api().removeService({ customerId: other, serviceId: made.id, version: 2 })).rejects.toMatchObject({
    reason: 'no-such-service',
  })
  await expect(api().removeService({ customerId: id, serviceId: made.id, version: 1 })).rejects.toMatchObject({
    reason: 'changed-meanwhile',
  })
  await api().removeService({ customerId: id, serviceId: made.id, version: 2 })
  expect(await api().services({ customerId: id })).toEqual({ items: [] })
})

test('a product is proposed only for a need that the customer told (L-06)', async () => {
  const touch = { id, channel: 'call', direction: 'in', stage: 'before', summary: 'Spoke' } as const
  await archives().logInteraction({ ...touch, needs: ['Tea that keeps'] })
  const { needs, items } = await api().proposals({ customerId: id })
  expect([needs.map(({ text }) => text), items]).toEqual([['Tea that keeps'], []])
  const needId = needs[0]!.id
  await archives().linkProduct({ needId, productCode: 'TIN' })
  expect((await api().proposals({ customerId: id })).needs[0]).toMatchObject({ productCodes: ['TIN'] })
  const made = await api().propose({ customerId: id, needId, productCode: 'TIN', note: 'A tin of it' })
  expect(made).toMatchObject({ need: { text: 'Tea that keeps' }, state: 'open', version: 1 })
  const other = (await archives().create({ values: { name: 'Told nothing' } })).id
  await expect(api().propose({ customerId: other, needId, productCode: 'TIN' })).rejects.toMatchObject({ reason: 'need-not-told' })
  const settled = { customerId: id, proposalId: made.id, version: 1, state: 'accepted' as const }
  expect(await api().closeProposal(settled)).toMatchObject({ state: 'accepted', closedAt: app.now })
  await expect(api().closeProposal(settled)).rejects.toMatchObject({ reason: 'changed-meanwhile' })
  await expect(api().closeProposal({ ...settled, customerId: other, version: 2 })).rejects.toMatchObject({ reason: 'no-such-proposal' })
  // A need whose only contact was withdrawn was not told; what was proposed for it keeps its words.
  const wrong = await archives().logInteraction({ ...touch, needs: ['A mistake'] })
  const mistake = (await api().proposals({ customerId: id })).needs.find(({ text }) => text === 'A mistake')!
  app.now = new Date('2026-03-10T09:01:00Z')
  await api().propose({ customerId: id, needId: mistake.id, productCode: 'X' })
  await archives().withdrawInteraction({ id, interactionId: wrong.id, version: wrong.version })
  const after = await api().proposals({ customerId: id })
  expect(after.needs.map(({ text }) => text)).toEqual(['Tea that keeps'])
  expect(after.items.map(({ need }) => need.text)).toEqual(['A mistake', 'Tea that keeps'])
})

test('the share of contacts that we began is said of the account and of all accounts of somebody', async () => {
  const account = (await archives().create({ values: { name: 'Counted', ownerId: manager.id } })).id
  const touch = (direction: 'in' | 'out', on: string) =>
    archives().logInteraction({
      id: account,
      channel: 'call',
      direction,
      stage: 'after',
      summary: 'Spoke',
      occurredAt: new Date(`${on}T09:00:00Z`),
    })
  for (const on of ['2026-01-05', '2026-02-05', '2026-03-01']) await touch('out', on)
  await touch('in', '2026-03-02')
  await touch('in', '2025-01-02')
  expect((await api().cadence({ customerId: account })).begun).toEqual({ ours: 3, theirs: 1 })
  // The account of the test before spoke with us once more.
  expect((await api().contactNext({})).begun).toEqual({ ours: 3, theirs: 2 })
})
