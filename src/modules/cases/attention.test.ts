import { afterAll, beforeAll, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { activities, tiers, writeBook } from '#modules/customers/public.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import type { Actor } from '#platform/context.ts'
import { system } from '#platform/context.ts'
import { type App, everybody, startApp } from '#test/app.ts'
import { colleague } from '#test/complaints.ts'
import { receiveFromCustomer } from './actions/messages.ts'
import { heldCase } from './actions/performing.ts'
import { casesApi } from './api.ts'
import { watchClocks } from './jobs/clocks.ts'

// What must not be overlooked: cases that cannot wait, customers who write on nobody's case, delays, policies that changed, and money that went out.

let app: App
let ada: Actor
let bo: Actor
let eve: Actor
let customerId: string
let departmentId: string
beforeAll(async () => {
  app = await startApp({ now: new Date('2026-03-09T10:00:00Z') })
  ada = await colleague(app, 'Ada')
  bo = await colleague(app, 'Bo')
  eve = await colleague(app, 'Eve', ['supervisor'])
  customerId = (await app.as(customersApi).create({ values: { name: 'Harbour Tea' } })).id
  const care = { name: 'Care', parentId: null, headId: ada.id, deputyIds: [bo.id], calendarId: null }
  departmentId = (await app.as(organizationApi).createDepartment(care)).id
})
afterAll(() => app.close())

const founded = { admissible: true, reasonSufficient: true, demandReasonable: true, finding: 'founded' as const }
const verdict = { ...founded, note: null, evidence: [] }
const cases = (actor: Actor = everybody) => app.as(casesApi, actor)
const request = (more: object = {}) =>
  cases().open({ kind: 'request', customerId, subject: 'Call', description: 'x', channel: 'web', ownerId: null, ...more })
const heard = async (actor: Actor, kind: string) =>
  (await app.as(organizationApi, { ...everybody, id: actor.id }).notifications({ limit: 200 })).items.filter((one) => one.kind === kind)

test('what the first look says cannot wait stands before everything else, with the reason', async () => {
  const [severe, slight] = [await request({ severity: 2 }), await request({ severity: 4 })]
  const answers = { harm: 'slight', safety: 'none', impact: 'one', complexity: 'simple', urgency: 'at-once', note: null } as const
  await cases().assess({ caseId: slight.id, version: slight.version, ...answers })
  const { items } = await cases().list({ queue: 'nobody' })
  expect(items.map(({ id, immediate }) => [id, immediate])).toEqual([
    [slight.id, true],
    [severe.id, false],
  ])
  expect((await cases().place({ caseId: slight.id })).immediate).toBe('assessed')
  expect((await cases().place({ caseId: severe.id })).immediate).toBeNull()
  expect((await cases().takeNext({ queue: 'nobody' })).case?.id).toBe(slight.id)
})

test('danger to somebody is marked wherever the case shows, whatever the first look said', async () => {
  const { id } = await request({ severity: 1 })
  expect((await cases().list({ queue: 'nobody' })).items.find((one) => one.id === id)?.immediate).toBe(true)
  expect((await cases().place({ caseId: id })).immediate).toBe('danger')
  expect((await cases().takeNext({ queue: 'nobody' })).case?.id).toBe(id)
})

test('what a customer writes on a case that nobody handles is heard by the department, and where there is none by those above', async () => {
  const writes = (caseId: string) =>
    app.transaction(async (context) =>
      receiveFromCustomer(context, await heldCase(context, caseId, null), { text: 'Hello?', channel: 'web', fileIds: [] }),
    )
  const alone = await request()
  await writes(alone.id)
  expect([(await heard(eve, 'cases.message')).length, (await heard(ada, 'cases.message')).length]).toEqual([1, 0])
  const complaint = await cases().open({
    ...{ kind: 'complaint', customerId, subject: 'Broken', description: 'x', channel: 'web', category: 'freight', reason: 'damage' },
    ...{ target: { kind: 'company', name: null, userId: null, departmentId: null }, ownerId: null },
    demand: { kind: 'exchange', text: null, amountMinor: null },
  } as never)
  const on = (at: { readonly version: number }) => ({ caseId: complaint.id, version: at.version })
  const said = await cases().acknowledge({ ...on(complaint), text: 'We look', sent: 'hand', answerBy: null })
  const judged = await cases().judge({ ...on(said), ...verdict })
  await cases().route({ ...on(judged), departmentId, personId: null, note: null, shares: [] })
  await writes(complaint.id)
  expect([(await heard(ada, 'cases.message')).length, (await heard(bo, 'cases.message')).length]).toEqual([1, 1])
  expect(await heard(eve, 'cases.message')).toHaveLength(1)
  await cases().assign({ caseId: complaint.id, version: (await cases().one({ caseId: complaint.id })).version, ownerId: bo.id, why: null })
  await writes(complaint.id)
  expect([(await heard(ada, 'cases.message')).length, (await heard(bo, 'cases.message')).length]).toEqual([1, 2])
})

test('for whoever delayed a case as many minutes are proposed as the clocks say', async () => {
  const { id } = await request()
  expect((await cases().caseDelay({ caseId: id })).lateMinutes).toBe(0)
  const due = Math.min(...(await cases().clocks({ caseId: id })).clocks.flatMap(({ dueAt }) => (dueAt ? [dueAt.getTime()] : [])))
  app.now = new Date(due + 90 * 60_000)
  await app.transaction((context) => watchClocks(context.actingAs(system)))
  expect((await cases().caseDelay({ caseId: id })).lateMinutes).toBe(90)
  app.now = new Date('2026-03-09T10:00:00Z')
})

test('a running case keeps its policy until a supervisor lets it follow the one by which its customer is served now', async () => {
  const made = await request()
  expect((await cases().clocks({ caseId: made.id })).policy).toMatchObject({ present: null })
  const book = { ids: [customerId], activity: [activities.indexOf('returning')], tier: [tiers.indexOf('gold')], valuedOn: ['2026-03-08'] }
  await app.transaction(({ db }) => writeBook(db, book as never))
  const { policy } = await cases().clocks({ caseId: made.id })
  expect(policy?.present).not.toBeNull()
  expect(policy?.present?.name).not.toBe(policy?.name)
  const agent: Actor = { ...ada, can: (permission) => permission !== 'cases.manage' }
  await expect(cases(agent).applyPolicy({ caseId: made.id, version: made.version })).rejects.toMatchObject({ status: 403 })
  await cases(eve).applyPolicy({ caseId: made.id, version: made.version })
  expect((await cases().clocks({ caseId: made.id })).policy).toEqual({ ...policy!.present, present: null })
})

test('a claim goes from submitted over approved to paid, with how it was paid', async () => {
  const claim = await cases(ada).open({ kind: 'claim', customerId, subject: 'Lost parcel', description: 'x', channel: 'phone' })
  const on = (at: { readonly version: number }) => ({ caseId: claim.id, version: at.version })
  expect(claim.step).toBe('submit')
  const said = await cases(ada).acknowledge({ ...on(claim), text: 'We look', sent: 'hand', answerBy: null })
  const judged = await cases(ada).judge({ ...on(said), ...verdict })
  const remedies = [{ kind: 'refund' as const, text: null, amountMinor: 4200 }]
  const proposed = await cases(ada).propose({ ...on(judged), remedies, reason: 'It never came', preventive: null, feasible: null })
  expect(proposed.step).toBe('approve')
  await expect(cases(ada).pay({ ...on(proposed), amountMinor: 4200, reference: null, way: 'transfer' })).rejects.toMatchObject({
    status: 409,
  })
  const approved = await cases(eve).instruct({ ...on(proposed), decision: 'approved', remedies: null, recovery: null, note: null })
  expect(approved.step).toBe('pay')
  const paid = await cases(ada).pay({ ...on(approved), amountMinor: 4200, reference: 'T-1', way: 'voucher' })
  const told = await cases(ada).tell({ ...on(paid), text: 'The voucher is on its way', channel: 'phone', escalationRoute: null })
  expect(told.state).toBe('closed')
  expect((await cases().one({ caseId: claim.id })).paid).toMatchObject({ amountMinor: 4200, way: 'voucher', reference: 'T-1' })
})

test('the language of answers is changed on the case', async () => {
  const made = await request()
  expect((await cases().one({ caseId: made.id })).record.language).toBeNull()
  await cases().changeRecord({ caseId: made.id, version: made.version, changes: { language: 'zh-TW' } })
  expect((await cases().one({ caseId: made.id })).record.language).toBe('zh-TW')
})
