import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import type { Actor } from '#platform/context.ts'
import { type App, startApp } from '#test/app.ts'
import { colleague } from '#test/complaints.ts'
import { casesApi } from './api.ts'

let app: App
let ada: Actor
beforeAll(async () => {
  app = await startApp({ now: new Date('2026-03-09T03:00:00Z') })
  ada = await colleague(app, 'Ada')
})
afterAll(() => app.close())

const api = () => app.as(casesApi, ada)
const kettle = { item: 'Kettle KX-2', rival: 'Shop round the corner', supplier: 'Kettle works', valueMinor: 20_000 }
const person = { name: 'Nora New', email: 'nora.new@example.com', phone: null, language: null }
const said = { subject: 'A kettle of another shop', description: 'It leaks, and they do not take it back', channel: 'store' } as const
const costOf = async (caseId: string) =>
  (await sql<{ amount: string }>`select amount_minor as amount from value.service_cost where cause_id = ${caseId}`.execute(app.db)).rows[0]
/** A case, with the version that the next act needs. */
const walker = async (caseId: string) => {
  let version = (await api().one({ caseId })).version
  return {
    on: () => ({ caseId, version }),
    did: async (answer: Promise<{ version: number }>) => {
      version = (await answer).version
    },
  }
}

describe('somebody who bought elsewhere', () => {
  test('becomes a prospect; their item is claimed of its maker at its value, and the company loses nothing', async () => {
    const made = await api().serveNonCustomer({ ...person, ...said, goods: kettle })
    const found = await api().one({ caseId: made.id })
    expect(found).toMatchObject({ kind: 'goodwill', step: 'help', ownerId: ada.id, goods: kettle })
    expect(found.claim).toEqual({ state: 'open', supplier: 'Kettle works', amountMinor: 20_000, receivedMinor: 0 })
    expect(found).toMatchObject({ remedyMinor: 20_000, recoveredMinor: 0, netLossMinor: 20_000 })
    const prospect = await app.as(customersApi).one({ id: found.customer!.id })
    expect(prospect.values).toMatchObject({ name: 'Nora New', email: 'nora.new@example.com', foundHow: 'goodwill' })

    const { on, did } = await walker(made.id)
    await did(api().answer({ ...on(), text: 'Here is what you paid', channel: 'store' }))
    expect(await api().one({ caseId: made.id })).toMatchObject({ step: 'reclaim', state: 'resolved' })
    await expect(api().moveClaim({ ...on(), state: 'paid', receivedMinor: null, note: null })).rejects.toMatchObject({
      reason: 'no-way-there',
    })
    await did(api().moveClaim({ ...on(), state: 'claimed', receivedMinor: null, note: null }))
    await expect(api().returnGoods({ ...on(), ...kettle })).rejects.toMatchObject({ reason: 'claimed-already' })
    await expect(api().moveClaim({ ...on(), state: 'paid', receivedMinor: 20_001, note: null })).rejects.toMatchObject({
      reason: 'more-than-claimed',
    })
    expect((await api().supplierClaims({ state: ['claimed'] })).items).toMatchObject([
      { id: made.id, claim: 'claimed', claimMinor: 20_000 },
    ])
    await did(api().moveClaim({ ...on(), state: 'paid', receivedMinor: null, note: null }))
    expect(await api().one({ caseId: made.id })).toMatchObject({
      state: 'closed',
      netLossMinor: 0,
      recoveredMinor: 20_000,
      claim: { state: 'paid' },
    })
    expect(Number((await costOf(made.id))!.amount)).toBe(0)
    expect((await api().supplierClaims({ state: ['open', 'claimed'] })).items).toEqual([])
  })

  test('is known again by how they are reached, and what the maker refuses is what it cost', async () => {
    const again = await api().serveNonCustomer({ ...person, name: 'N. New', ...said, goods: null })
    const first = (await api().supplierClaims({})).items[0]!
    const one = await api().one({ caseId: again.id })
    expect(one.customer!.id).toBe(first.customer!.id)
    expect(one.claim).toBeNull()
    const { on, did } = await walker(again.id)
    await did(api().returnGoods({ ...on(), ...kettle, valueMinor: 9_000 }))
    await did(api().returnGoods({ ...on(), ...kettle, valueMinor: 10_000 }))
    await did(api().answer({ ...on(), text: 'Here is what you paid', channel: 'store' }))
    await did(api().moveClaim({ ...on(), state: 'claimed', receivedMinor: null, note: null }))
    await expect(api().moveClaim({ ...on(), state: 'refused', receivedMinor: null, note: null })).rejects.toMatchObject({
      reason: 'required',
    })
    await did(api().moveClaim({ ...on(), state: 'refused', receivedMinor: null, note: 'Not our kettle' }))
    expect(await api().one({ caseId: again.id })).toMatchObject({ state: 'closed', netLossMinor: 10_000 })
    expect(Number((await costOf(again.id))!.amount)).toBe(10_000)
    // They pay after all: the case is closed, and its cost is what is left.
    await did(api().moveClaim({ ...on(), state: 'claimed', receivedMinor: null, note: null }))
    await did(api().moveClaim({ ...on(), state: 'paid', receivedMinor: 7_000, note: null }))
    expect(await api().one({ caseId: again.id })).toMatchObject({ state: 'closed', netLossMinor: 3_000 })
    expect(Number((await costOf(again.id))!.amount)).toBe(3_000)
  })
})

test('what goods are taken back for is given at once like any other sum: more needs somebody who may approve so much', async () => {
  const dear = { ...kettle, valueMinor: 60_000 }
  const other = { ...person, name: 'Dora Dear', email: 'dora.dear@example.com' }
  await expect(api().serveNonCustomer({ ...other, ...said, goods: dear })).rejects.toMatchObject({
    status: 403,
    fields: [{ field: 'valueMinor', reason: 'needs-higher-approver' }],
  })
  const made = await api().serveNonCustomer({ ...other, ...said, goods: { ...kettle, valueMinor: 40_000 } })
  const { on, did } = await walker(made.id)
  await expect(api().returnGoods({ ...on(), ...dear })).rejects.toMatchObject({ status: 403 })
  // Said again it takes the place of what was said, and counts with what else is given.
  await did(api().returnGoods({ ...on(), ...kettle, valueMinor: 45_000 }))
  await expect(api().helpFirst({ ...on(), text: 'A pot of tea', amountMinor: 6_000 })).rejects.toMatchObject({ status: 403 })
  await did(api().helpFirst({ ...on(), text: 'A pot of tea', amountMinor: 5_000 }))
  const above = await colleague(app, 'Zoe', ['supervisor'])
  await did(app.as(casesApi, above).returnGoods({ ...on(), ...dear }))
  expect(await api().one({ caseId: made.id })).toMatchObject({ goods: { valueMinor: 60_000 }, remedyMinor: 65_000 })
})

test('whoever sees only some claims of suppliers gets a full page of those, and no hint of the others', async () => {
  const bob = await colleague(app, 'Bob')
  const only: Actor = { ...bob, reach: () => [bob.id] }
  const taken = (by: Actor, name: string) => {
    app.now = new Date(app.now.getTime() + 60_000)
    const email = `${name}@example.com`.toLowerCase()
    return app.as(casesApi, by).serveNonCustomer({ ...person, name, email, ...said, goods: { ...kettle, valueMinor: 100 } })
  }
  const theirs = [(await taken(bob, 'Ann')).id, (await taken(bob, 'Ben')).id]
  for (const name of ['Cay', 'Dee', 'Eli']) await taken(ada, name)
  const list = (cursor?: string) => app.as(casesApi, only).supplierClaims({ limit: 1, ...(cursor ? { cursor } : {}) })
  const first = await list()
  expect(first.items.map(({ id }) => id)).toEqual([theirs[1]])
  const second = await list(first.next!)
  expect([second.items.map(({ id }) => id), second.next]).toEqual([[theirs[0]], null])
})

test('a custom request is quoted, accepted and fulfilled, and counted by what it asks for', async () => {
  const customerId = (await app.as(customersApi).create({ values: { name: 'Harbour Tea' } })).id
  const open = (extra: 'customised' | 'personalised' | null) =>
    api().open({ customerId, kind: 'custom-request', subject: 'A tin', description: 'With our name on it', channel: 'phone', extra })
  const one = await open('customised')
  await open('personalised')
  await open(null)
  const { on, did } = await walker(one.id)
  await did(api().acknowledge({ ...on(), text: 'We look at it', sent: 'hand', answerBy: null }))
  await did(api().quote({ ...on(), text: 'A hundred tins', amountMinor: 50_000, validUntil: null }))
  await did(api().answerQuote({ ...on(), accepted: true, note: null }))
  await did(api().fulfil({ ...on(), note: 'Delivered', fileIds: [] }))
  await did(api().ask({ ...on(), how: 'phone' }))
  expect(await api().one({ caseId: one.id })).toMatchObject({ state: 'closed', record: { extra: 'customised' } })
  const none = { quoted: 0, accepted: 0, refused: 0, fulfilled: 0 }
  expect((await api().customRequests({})).types).toEqual([
    { extra: 'value-added', requests: 0, ...none },
    { extra: 'customised', requests: 1, quoted: 1, accepted: 1, refused: 0, fulfilled: 1 },
    { extra: 'personalised', requests: 1, ...none },
    { extra: null, requests: 1, ...none },
  ])
})
