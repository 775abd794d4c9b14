import { afterAll, beforeAll, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { ordersApi } from '#modules/orders/api.ts'
import { ordersChanged } from '#modules/orders/public.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import { createUser, writeSetting } from '#modules/organization/public.ts'
import { serviceCostSetting } from '#modules/value/public.ts'
import type { Actor } from '#platform/context.ts'
import { type App, everybody, startApp } from '#test/app.ts'
import { casesApi } from './api.ts'
import { settlePage } from './jobs/responsibility.ts'
import { jobs } from './jobs.ts'

// What a case gave back for an order, and the order itself says it gave back, is counted once.

let app: App
let ada: Actor
let cid: Actor
let department: string
const start = new Date('2026-03-10T02:00:00Z')
beforeAll(async () => {
  app = await startApp({ now: start })
  const make = (name: string, role: string) =>
    app.transaction(
      async (context) => (await createUser(context, { name, email: `${name}@example.com`.toLowerCase(), roles: [role] })).user.id,
    )
  ada = { ...everybody, id: await make('Ada', 'agent'), roles: ['agent'] }
  cid = { ...everybody, id: await make('Cid', 'executive'), roles: ['executive'] }
  const place = { parentId: null, headId: null, deputyIds: [], calendarId: null }
  department = (await app.as(organizationApi, everybody).createDepartment({ name: 'Transport', ...place })).id
})
afterAll(() => app.close())

const as = (actor: Actor) => app.as(casesApi, actor)
type Acted = { readonly id: string; readonly version: number; readonly step: string; readonly state: string }
const on = ({ id, version }: Acted) => ({ caseId: id, version })

async function ordered(name: string) {
  const { id: customerId } = await app.as(customersApi, everybody).create({ values: { name } })
  const lines = [{ product: 'Tea', quantity: '10', unitPrice: '20' }]
  const { id: orderId } = await app.as(ordersApi, everybody).place({ customerId, day: '2026-03-01', number: name, lines })
  return { customerId, orderId }
}

interface About {
  readonly customerId: string
  readonly orderId: string
}
/** A complaint about the order that ends with a remedy of an amount, thirty days later. */
async function closed({ customerId, orderId }: About, kind: 'refund' | 'return' | 'compensation', amountMinor: number): Promise<Acted> {
  let at: Acted = await as(ada).open({
    kind: 'complaint',
    subject: 'Jars broken',
    description: 'Two of ten jars arrived broken',
    channel: 'phone',
    category: 'freight',
    reason: 'damage',
    target: { kind: 'company', name: null, userId: null, departmentId: null },
    demand: { kind: 'refund', text: null, amountMinor: null },
    customerId,
    orderId,
  })
  at = await as(ada).acknowledge({ ...on(at), text: 'We look into it', sent: 'hand', answerBy: null })
  const founded = {
    admissible: true,
    reasonSufficient: true,
    demandReasonable: true,
    finding: 'founded' as const,
    note: null,
    evidence: [],
  }
  at = await as(ada).judge({ ...on(at), ...founded })
  at = await as(ada).route({ ...on(at), departmentId: department, personId: null, note: null, shares: [] })
  at = await as(ada).accept({ ...on(at), note: null })
  at = await as(ada).findCause({
    ...on(at),
    causeId: null,
    text: 'Boxes',
    field: null,
    whys: [],
    occurrence: null,
    escape: null,
    evidence: [],
  })
  at = await as(ada).settleResponsibility({ ...on(at), userId: null, departmentId: department, nobody: true, delayedBy: null, note: null })
  const remedies = [{ kind, text: null, amountMinor }]
  at = await as(ada).propose({ ...on(at), remedies, reason: 'It is owed', preventive: null, feasible: null })
  at = await as(cid).instruct({ ...on(at), decision: 'approved', remedies: null, recovery: null, note: null })
  at = await as(ada).execute({ ...on(at), note: 'Paid', fileIds: [], accepted: true })
  at = await as(ada).tell({ ...on(at), text: 'Paid', channel: 'phone', escalationRoute: null })
  at = await as(ada).ask({ ...on(at), how: 'phone' })
  at = await as(ada).considerPenalty({ ...on(at), penaltyIds: [], note: 'Nobody was careless' })
  at = await as(ada).considerLoss({ ...on(at), lossMinor: amountMinor, recoveredMinor: 0, note: null })
  at = await as(ada).writeLesson({ ...on(at), lesson: 'Boxes', improvement: 'Thicker', outcomes: [], bulletin: null })
  app.now = new Date('2026-04-09T02:00:00Z')
  at = await as(ada).checkEffectiveness({ ...on(at), days: 30, verdict: 'effective', before: null, after: null, note: null })
  app.now = start
  expect(at.state).toBe('closed')
  return at
}
const costOf = async (caseId: string) =>
  (await app.db.selectFrom('value.service_cost').select('amount_minor').where('cause_id', '=', caseId).executeTakeFirst())?.amount_minor
let refunds = 0
const refund = (orderId: string, amountMinor: number, day = '2026-03-10') =>
  app.as(ordersApi, everybody).refund({ id: orderId, day, amountMinor }, { idempotencyKey: `refund ${++refunds}` })
/** What happens a moment after the order was changed. */
const heard = ({ customerId }: About, orderId: string) =>
  app.transaction((context) =>
    jobs.find(({ on: fact }) => fact === ordersChanged)!.run(context, { customerIds: [customerId], customerId, orderId, what: 'refunded' }),
  )

test('a refund that was made on the order before the case closed is no cost to serve besides', async () => {
  const about = await ordered('A')
  await refund(about.orderId, 6_000)
  expect(await costOf((await closed(about, 'refund', 10_000)).id)).toBe(4_000)
})

test('one that is made later lowers what the case cost, once', async () => {
  const about = await ordered('B')
  const { id } = await closed(about, 'return', 10_000)
  expect(await costOf(id)).toBe(10_000)
  const { id: refundId } = await refund(about.orderId, 10_000)
  await heard(about, refundId)
  await heard(about, refundId)
  expect(await costOf(id)).toBe(0)
})

test('nor is it taken off two cases, or off what is no refund', async () => {
  const about = await ordered('C')
  const first = await closed(about, 'refund', 5_000)
  const second = await closed(about, 'refund', 5_000)
  const third = await closed(about, 'compensation', 5_000)
  const { id: refundId } = await refund(about.orderId, 7_000)
  await heard(about, refundId)
  expect(await Promise.all([first, second, third].map(({ id }) => costOf(id)))).toEqual([0, 3_000, 5_000])
})

test('what was refunded before the complaint is none of it', async () => {
  const about = await ordered('D')
  await refund(about.orderId, 5_000, '2026-03-09')
  expect(await costOf((await closed(about, 'refund', 5_000)).id)).toBe(5_000)
})

test('what comes back after the end lowers the cost on the day of the end', async () => {
  const about = await ordered('E')
  const at = await closed(about, 'compensation', 5_000)
  app.now = new Date('2026-05-10T02:00:00Z')
  const id = '0198c0de-0000-7000-8000-00000000d001'
  await as(ada).recover({ ...on(at), id, source: 'carrier', text: 'Claim 17', amountMinor: 2_000, received: true })
  const row = await app.db.selectFrom('value.service_cost').select(['amount_minor', 'day']).where('cause_id', '=', at.id).executeTakeFirst()
  expect(row).toEqual({ amount_minor: 3_000, day: '2026-04-09' })
  app.now = start
})

test('a refund that a file brought is found in the night', async () => {
  const about = await ordered('F')
  const { id } = await closed(about, 'refund', 5_000)
  await refund(about.orderId, 5_000)
  // Nothing was brought since tomorrow, and nothing is looked at.
  const settle = (refundedSince: string | null) => app.transaction((context) => settlePage(context, { refundedSince, after: null }))
  await settle('2099-01-01T00:00:00Z')
  expect(await costOf(id)).toBe(5_000)
  await settle('2026-03-09T00:00:00Z')
  expect(await costOf(id)).toBe(0)
  // What an undone import took away is found by looking at all.
  await app.db.deleteFrom('orders.purchase').where('refund_of', '=', about.orderId).execute()
  await settle('2026-03-09T00:00:00Z')
  expect(await costOf(id)).toBe(0)
  await settle(null)
  expect(await costOf(id)).toBe(5_000)
})

test('each night and each week it is begun anew', async () => {
  const nightly = jobs.filter(({ name }) => ['cases.settle-after-files', 'cases.settle-anew'].includes(name))
  expect(nightly).toHaveLength(2)
  for (const { run } of nightly) await app.transaction((context) => run(context, {}))
})

test('work that is noted after the end is in the cost, too', async () => {
  await app.transaction((context) => writeSetting(context, serviceCostSetting, { minorPerMinute: 10, minorPerContact: {} }, 0))
  const at = await closed(await ordered('G'), 'compensation', 5_000)
  expect(await costOf(at.id)).toBe(5_000)
  await as(ada).note({ ...on(at), text: 'They rang to say thanks', fileIds: [], minutes: 30 })
  expect(await costOf(at.id)).toBe(5_300)
})
