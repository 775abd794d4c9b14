import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { commitmentsApi } from '#modules/commitments/api.ts'
import { api as customersApi } from '#modules/customers/api.ts'
import { billingApi } from '#modules/orders/api/billing.ts'
import { termsApi } from '#modules/orders/api/terms.ts'
import { ordersApi } from '#modules/orders/api.ts'
import { settingWithVersion, writeSetting } from '#modules/organization/public.ts'
import type { Actor } from '#platform/context.ts'
import { type App, startApp } from '#test/app.ts'
import { colleague } from '#test/complaints.ts'
import { noteArrival, noteSettled, reactToDispute, reactToLate } from './actions/proactive.ts'
import { casesApi } from './api.ts'
import type { ProactiveRules } from './domain/proactive.ts'
import { proactiveSetting } from './settings.ts'

let app: App
let ada: Actor
let eve: Actor
let customerId: string
beforeAll(async () => {
  app = await startApp({ now: new Date('2026-03-02T09:00:00Z') })
  ada = await colleague(app, 'Ada')
  eve = await colleague(app, 'Eve', ['supervisor'])
  customerId = (await app.as(customersApi).create({ values: { name: 'Harbour Tea', ownerId: ada.id } })).id
})
afterAll(() => app.close())
beforeEach(async () => {
  app.now = new Date('2026-03-02T09:00:00Z')
  await rules({})
})

const rules = async (change: Partial<ProactiveRules>) => {
  const value = { ...proactiveSetting.initial, fromTier: null, ...change }
  await app.transaction(async (context) =>
    writeSetting(context, proactiveSetting, value, (await settingWithVersion(context.db, proactiveSetting)).version),
  )
}
const cases = (actor = ada) => app.as(casesApi, actor)
const promisedOn = async (promisedDay: string, of = customerId) => {
  const lines = [{ product: 'TEA', quantity: '10', unitPrice: '100' }]
  return (await app.as(ordersApi).place({ customerId: of, day: '2026-02-25', lines, terms: { promisedDay } })).id
}
const late = (orderId: string, promisedDay: string, days: number) =>
  app.transaction((context) => reactToLate(context, { orderId, promisedDay, deliveredDay: null, days }))
const raised = async (orderId: string) => {
  const { rows } = await sql<{ id: string }>`select id from cases.case where order_id = ${orderId}::uuid order by opened_at, id`.execute(
    app.db,
  )
  return Promise.all(rows.map(({ id }) => cases().one({ caseId: id })))
}
const owed = async (actor = ada) =>
  (await app.as(commitmentsApi, actor).list({ owner: actor.id, limit: 200 })).items.filter(({ title }) => title.startsWith('Make up'))
const complain = (orderId: string, more: object = {}) =>
  cases(eve).open({
    kind: 'complaint',
    customerId,
    subject: 'Where is it?',
    description: 'It has not come',
    channel: 'phone',
    category: 'contract',
    reason: 'delivery-time',
    target: { kind: 'company', name: null, userId: null, departmentId: null },
    demand: { kind: 'explanation', text: null, amountMinor: null },
    orderId,
    ...more,
  })

test('a late delivery becomes one case of the account manager, with a task to make up for it, however often it is heard', async () => {
  const orderId = await promisedOn('2026-03-01')
  await late(orderId, '2026-03-01', 1)
  await late(orderId, '2026-03-01', 1)
  const [one, ...more] = await raised(orderId)
  expect(more).toEqual([])
  expect(one).toMatchObject({
    ...{ kind: 'request', proactive: true, step: 'tell', ownerId: ada.id },
    record: { category: 'contract', reason: 'delivery-time', channel: 'internal' },
    process: { key: 'recovery' },
  })
  expect(one!.record.description).toContain('March 1, 2026')
  expect((await owed()).map(({ customer, dueDay }) => [customer?.id, dueDay])).toEqual([[customerId, '2026-03-03']])

  // Told first, then made up for, then asked.
  const on = (at: { readonly version: number }) => ({ caseId: one!.id, version: at.version })
  const told = await cases().tell({ ...on(one!), text: 'It comes tomorrow; we are sorry', channel: 'phone', escalationRoute: null })
  expect(told.step).toBe('recover')
  await app.transaction((context) => noteArrival(context, { orderId, deliveredDay: '2026-03-03' }))
  const { tasks } = await cases().tasks({ caseId: one!.id })
  const now = await cases().one({ caseId: one!.id })
  const done = await cases().finishTask({ ...on(now), commitmentId: tasks[0]!.commitmentId, note: 'Delivered, with a gift' })
  const executed = await cases().execute({ ...on(done), note: 'A gift lay beside it', fileIds: [], accepted: true })
  expect(executed).toMatchObject({ step: 'confirm', state: 'resolved' })
  expect(await cases().ask({ ...on(executed), how: 'phone' })).toMatchObject({ state: 'closed' })
  const { events } = await cases().log({ caseId: one!.id })
  expect(events.filter(({ kind }) => kind === 'noted').map(({ said }) => said.text)).toEqual([expect.stringContaining('March 3, 2026')])
})

test('a complaint that comes later is linked, says who was first, and is no repeated one; the report counts the matter once', async () => {
  const before = (await cases().report({})).board.found
  const orderId = await promisedOn('2026-02-28')
  await late(orderId, '2026-02-28', 2)
  const [ours] = await raised(orderId)
  app.now = new Date('2026-03-02T11:00:00Z')
  const complaint = await complain(orderId)
  expect(complaint.repeatOf).toBeNull()
  const shown = await cases(eve).one({ caseId: complaint.id })
  expect(shown.found).toMatchObject({ caseId: ours!.id, number: ours!.number, first: true })
  expect((await cases().one({ caseId: ours!.id })).complained).toEqual([{ id: complaint.id, number: complaint.number }])
  const { rows: news } = await sql<{ kind: string }>`
    select kind from organization.notification where user_id = ${ada.id} and kind = 'cases.complained'`.execute(app.db)
  expect(news).toHaveLength(1)
  const after = (await cases().report({})).board.found
  expect([after.part - before.part, after.whole - before.whole]).toEqual([1, 1])
  expect((await cases().reportCases({ measure: 'raised' })).items.map(({ id }) => id)).toContain(ours!.id)

  // They had said it at eight, before anybody found it; it was only written down later. It names the order once somebody has looked it up.
  const other = await promisedOn('2026-02-27')
  await late(other, '2026-02-27', 3)
  const [tooLate] = await raised(other)
  const said = await complain(other, { orderId: null, reason: 'delivery-place', receivedAt: new Date('2026-03-02T08:00:00Z') })
  expect((await cases(eve).one({ caseId: said.id })).found).toBeNull()
  await cases(eve).changeRecord({ caseId: said.id, version: said.version, changes: { orderId: other } })
  expect((await cases(eve).one({ caseId: said.id })).found).toMatchObject({ caseId: tooLate!.id, first: false })
  const last = (await cases().report({})).board.found
  expect([last.part - after.part, last.whole - after.whole]).toEqual([0, 1])
})

test('whoever complained before is not told what they know: nothing is raised, and nothing that is raised by hand counts', async () => {
  const orderId = await promisedOn('2026-02-26')
  await complain(orderId)
  await late(orderId, '2026-02-26', 4)
  expect(await raised(orderId)).toHaveLength(1)
  const byHand = await cases().open({
    kind: 'request',
    customerId,
    subject: 'Late',
    description: 'Late',
    channel: 'internal',
    orderId,
    proactive: true,
  })
  expect((await cases().one({ caseId: byHand.id })).proactive).toBe(false)
})

test('a new promise that is broken anew goes into the case that is open', async () => {
  const orderId = await promisedOn('2026-02-27')
  await late(orderId, '2026-02-27', 3)
  await late(orderId, '2026-03-01', 1)
  const found = await raised(orderId)
  expect(found).toHaveLength(1)
  const { events } = await cases().log({ caseId: found[0]!.id })
  expect(events.at(-1)).toMatchObject({ kind: 'noted', said: { text: expect.stringContaining('March 1, 2026') } })
})

test('the setting says for whom what is done; whoever has no account manager is looked after by those above', async () => {
  const noOne = (await app.as(customersApi).create({ values: { name: 'Nobody’s Tea', ownerId: null } })).id
  await rules({ fromMinor: 100_001, otherwise: 'task', recoverDays: 2 })
  const orderId = await promisedOn('2026-03-01', noOne)
  await late(orderId, '2026-03-01', 1)
  await late(orderId, '2026-03-01', 1)
  expect(await raised(orderId)).toEqual([])
  expect((await owed(eve)).map(({ customer, dueDay }) => [customer?.id, dueDay])).toEqual([[noOne, '2026-03-04']])
  await rules({ fromMinor: 100_000, fromDays: 3 })
  await late(orderId, '2026-02-28', 2)
  expect(await raised(orderId)).toEqual([])
  await late(orderId, '2026-02-27', 3)
  expect(await raised(orderId)).toMatchObject([{ ownerId: null, proactive: true }])
  await rules({ late: 'nothing' })
  const another = await promisedOn('2026-03-01', noOne)
  await late(another, '2026-03-01', 1)
  expect(await raised(another)).toEqual([])
  await app.as(ordersApi).cancel({ id: another, version: (await app.as(ordersApi).one({ id: another })).version })
  await rules({})
  await late(another, '2026-03-01', 1)
  expect(await raised(another)).toEqual([])
})

test('a disputed bill becomes a claim where the company wants it, once, and says how the dispute ended', async () => {
  const orderId = await promisedOn('2026-03-20')
  const dispute = async () => {
    const { disputes } = await app.as(billingApi).billing({ id: orderId })
    const { id: disputeId, reason, note } = disputes.find(({ settledAt }) => settledAt === null)!
    return { orderId, disputeId, reason, note }
  }
  await app.as(billingApi).dispute({ id: orderId, reason: 'price', note: 'Said 9' })
  const said = await dispute()
  await app.transaction((context) => reactToDispute(context, said))
  expect(await raised(orderId)).toEqual([])
  await rules({ disputes: 'case' })
  await app.transaction((context) => reactToDispute(context, said))
  await app.transaction((context) => reactToDispute(context, said))
  await app.transaction((context) => noteSettled(context, { disputeId: said.disputeId, outcome: 'corrected' }))
  const [claim, ...more] = await raised(orderId)
  expect(more).toEqual([])
  expect(claim).toMatchObject({
    kind: 'claim',
    proactive: false,
    ownerId: ada.id,
    record: { demand: { kind: 'correction' }, reason: 'settlement' },
  })
  expect(claim!.record.description).toMatch(/price[\s\S]*Said 9/)
  const { events } = await cases().log({ caseId: claim!.id })
  expect(events.at(-1)).toMatchObject({ kind: 'noted', said: { text: expect.stringContaining('corrected') } })
})

test('E-13: what comes a day before its promise exceeds it, what comes a day after it is late', async () => {
  const [early, delayed] = [await promisedOn('2026-03-02'), await promisedOn('2026-03-01')]
  const terms = app.as(termsApi)
  expect((await terms.noteDelivery({ id: early, day: '2026-03-01', moreFollows: false })).promise).toMatchObject({
    standing: 'early',
    days: -1,
  })
  expect((await terms.noteDelivery({ id: delayed, day: '2026-03-02', moreFollows: false })).promise).toMatchObject({
    standing: 'late',
    days: 1,
  })
})
