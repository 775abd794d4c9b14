import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commitmentsApi } from '#modules/commitments/api.ts'
import { api as customersApi } from '#modules/customers/api.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import { organizationProfile, writeSetting } from '#modules/organization/public.ts'
import type { Actor } from '#platform/context.ts'
import { erasePerson } from '#platform/subject/erasure.ts'
import { type App, startApp } from '#test/app.ts'
import { colleague, freight, walk } from '#test/complaints.ts'
import { askForChecks } from './actions/checking.ts'
import { renewCases } from './actions/renewing.ts'
import { casesApi } from './api.ts'
import { watchClocks } from './jobs/clocks.ts'
import { mailJobs } from './jobs/mails.ts'

// What looks at many cases at once is not stopped by one of them.

let app: App
let ada: Actor
let bea: Actor
let departmentId: string
const on = (day: string, time = '10:00:00') => {
  app.now = new Date(`${day}T${time}+08:00`)
}
beforeAll(async () => {
  app = await startApp({ now: new Date('2026-03-02T02:00:00Z') })
  await app.transaction((context) =>
    writeSetting(context, organizationProfile, { name: 'Tea', currency: 'CNY', timeZone: 'Asia/Shanghai', locale: 'en' }, 0),
  )
  ada = await colleague(app, 'Ada')
  bea = await colleague(app, 'Bea', ['supervisor'])
  const place = { name: 'Transport', parentId: null, headId: ada.id, deputyIds: [], calendarId: null }
  departmentId = (await app.as(organizationApi).createDepartment(place)).id
})
afterAll(() => app.close())

const as = (actor: Actor = ada) => app.as(casesApi, actor)
const person = async (name: string) => (await app.as(customersApi, ada).create({ values: { name } })).id
const open = async (customerId: string) => as().open({ ...freight, customerId } as never)
const who = () => ({ app, handler: ada, approver: bea, departmentId })
const erase = (customerId: string) =>
  app.transaction((context) => erasePerson(context, { customerId, formerIds: [], requestedBy: 'one', confirmedBy: 'two' }))
const owed = async (actor: Actor = ada) => (await app.as(commitmentsApi, actor).list({ owner: actor.id })).items.map(({ title }) => title)
const figureOf = async (caseId: string) =>
  app.db.selectFrom('cases.figure').select(['state', 'closed_on', 'check_on']).where('case_id', '=', caseId).executeTakeFirstOrThrow()

describe('whoever was erased', () => {
  test('is asked for by no check, whether their case had ended or not, and those of others go on', async () => {
    on('2026-03-02')
    const [gone, ended, here] = [await person('Gone Greta'), await person('Ended Emil'), await person('Here Hanna')]
    const made = [await open(gone), await open(ended), await open(here)]
    for (const { id } of made) await walk(who(), id, 'reviewed')
    on('2026-04-02')
    const { version } = await as().one({ caseId: made[1]!.id })
    await as().checkEffectiveness({ caseId: made[1]!.id, version, days: 30, verdict: 'effective', before: null, after: null, note: null })
    await erase(gone)
    await erase(ended)
    expect(await Promise.all(made.map(async ({ id }) => (await figureOf(id)).check_on))).toEqual([null, null, '2026-04-01'])
    // As an earlier release left it.
    await sql`update cases.figure set check_on = '2026-03-20', check_days = 30 where case_id = ${made[0]!.id}::uuid`.execute(app.db)
    on('2026-06-02')
    expect(await app.transaction((context) => askForChecks(context, 1))).toBe(1)
    expect(await app.transaction((context) => askForChecks(context, 1))).toBe(1)
    expect(await app.transaction((context) => askForChecks(context, 1))).toBe(0)
    expect((await owed()).filter((title) => title.includes('is the cause gone'))).toHaveLength(1)
  })

  test('has no open case left in any report, and cases check finds nothing wrong', async () => {
    on('2026-03-02')
    await app.transaction((context) => renewCases(context, null, true))
    const customerId = await person('Open Oskar')
    const { id } = await open(customerId)
    await erase(customerId)
    expect(await figureOf(id)).toMatchObject({ state: 'withdrawn', closed_on: '2026-03-02' })
    expect(await app.transaction((context) => renewCases(context, null, false))).toMatchObject({ wrong: 0 })
    // What an earlier release left wrong is put right, without bringing words back.
    await sql`update cases.figure set state = 'open', closed_on = null where case_id = ${id}::uuid`.execute(app.db)
    expect((await app.transaction((context) => renewCases(context, null, true))).wrong).toBeGreaterThan(0)
    expect(await app.transaction((context) => renewCases(context, null, false))).toMatchObject({ wrong: 0 })
    expect(await app.db.selectFrom('cases.archive').select('case_id').where('case_id', '=', id).execute()).toEqual([])
  })
})

test('a case whose clocks cannot be read holds nobody up, is tried again in an hour, and is told of', async () => {
  on('2026-03-02')
  const [bad, good] = [await open(await person('Bad Boris')), await open(await person('Good Gina'))]
  await sql`update cases.event set data = jsonb_set(data, '{policy}', '{"policyId": "0198c0de-0000-7000-8000-00000000d00f", "version": 7, "tier": null, "priority": 5}') where case_id = ${bad.id}::uuid and seq = 1`.execute(
    app.db,
  )
  await sql`update cases.case set next_at = '2026-03-01T00:00:00Z' where id = ${bad.id}::uuid`.execute(app.db)
  on('2026-04-20')
  await app.transaction(watchClocks)
  const kinds = async (caseId: string) => (await as().log({ caseId })).events.map(({ kind }) => kind)
  expect(await kinds(good.id)).toContain('breached')
  expect(await kinds(bad.id)).not.toContain('breached')
  const { next_at } = await app.db.selectFrom('cases.case').select('next_at').where('id', '=', bad.id).executeTakeFirstOrThrow()
  expect(next_at).toEqual(new Date(app.now.getTime() + 3_600_000))
  const { items } = await app.as(organizationApi, bea).notifications({ limit: 200 })
  expect(items.filter(({ kind }) => kind === 'cases.clocks-unread')).toMatchObject([
    { values: { count: 1, number: bad.number }, link: `/cases/${bad.id}` },
  ])
})

test('what is asked of whoever was erased a moment ago fails no job, and no approval of theirs waits', async () => {
  on('2026-03-02')
  const customerId = await person('Quick Quentin')
  const { id } = await open(customerId)
  await walk(who(), id, 'caused')
  const { version } = await as().one({ caseId: id })
  const remedies = [{ kind: 'exchange' as const, text: null, amountMinor: 4_000 }]
  await as().propose({ caseId: id, version, remedies, reason: 'Owed', preventive: null, feasible: null })
  const waits = () => app.db.selectFrom('cases.approval').select('decision').where('case_id', '=', id).execute()
  expect(await waits()).toEqual([{ decision: null }])
  await erase(customerId)
  expect(await waits()).toEqual([{ decision: 'dropped' }])
  const run = (name: string, fact: object) =>
    app.transaction((context) => mailJobs.find((one) => one.name === name)!.run(context, fact as never))
  await run('cases.acknowledge', { caseId: id, proactive: false })
  await run('cases.note-not-delivered', { threadId: id })
})

test('whoever is responsible for what happened does not hear as one of those above that it is late', async () => {
  on('2026-03-02')
  const cleo = await colleague(app, 'Cleo', ['supervisor'])
  const { id } = await open(await person('Late Lars'))
  await walk(who(), id, 'judged')
  const at = async () => ({ caseId: id, version: (await as().one({ caseId: id })).version })
  await as().route({ ...(await at()), departmentId, personId: ada.id, note: null, shares: [] })
  await as().accept({ ...(await at()), note: null })
  await as().settleResponsibility({ ...(await at()), userId: bea.id, departmentId, nobody: false, delayedBy: null, note: null })
  on('2026-06-20')
  await app.transaction(watchClocks)
  const told = (await as().log({ caseId: id })).events.flatMap(({ kind, said }) => (kind === 'escalated' ? (said.to as string[]) : []))
  expect(told).toContain(cleo.id)
  expect(told).not.toContain(bea.id)
})
