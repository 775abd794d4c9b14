import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { casesApi } from '#modules/cases/api.ts'
import { regimesSetting } from '#modules/cases/settings.ts'
import { api as customersApi } from '#modules/customers/api.ts'
import { eraseWhoWaited } from '#modules/customers/jobs.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import { settingWithVersion, writeSetting } from '#modules/organization/public.ts'
import type { Actor } from '#platform/context.ts'
import { runsApi } from '#platform/runs/api.ts'
import { type App, everybody, startApp } from './app.ts'
import { caseAt } from './case-at.ts'
import { colleague } from './colleague.ts'
import { waitForRun } from './wait-for-run.ts'

let app: App
let ada: Actor
let bob: Actor
beforeAll(async () => {
  // Runs are worked on by the real clock, which is later than all that is pretended here.
  app = await startApp({ work: true, now: new Date('2020-03-02T12:00:00Z') })
  ada = await colleague(app, 'Ada')
  bob = await colleague(app, 'Bob')
})
afterAll(() => app.close())

const customers = (by: Actor) => app.as(customersApi, by)
async function inForce(...regimes: string[]): Promise<void> {
  const { version } = await app.transaction(({ db }) => settingWithVersion(db, regimesSetting))
  const value = { inForce: regimes.map((regime) => ({ regime, kinds: ['enquiry' as const] })) }
  await app.transaction((context) => writeSetting(context, regimesSetting, value, version))
}
/** Ada asks for it and Bob confirms it. */
async function confirmed(id: string) {
  const { id: erasureId, version } = await customers(ada).requestErasure({ id, reason: 'Asks for it' })
  return customers(bob).confirmErasure({ erasureId, version })
}
/** Another run of the same group is under way, so that the next one waits until this is called. */
async function blocked() {
  const blocking = randomUUID()
  await sql`insert into platform.run (id, kind, run_group, state, input, requested_by, requested_at, leased_until, leased_by)
    values (${blocking}::uuid, 'customers.erase', 'customers.erase', 'running', '{}', 'tester', now(), now() + interval '1 hour', 'elsewhere')`.execute(
    app.db,
  )
  return () => sql`delete from platform.run where id = ${blocking}::uuid`.execute(app.db)
}
const request = async (customerId: string) => (await customers(ada).erasures({ customerId })).items[0]!
const newsOf = async (who: Actor) =>
  (await app.as(organizationApi, who).notifications({})).items
    .filter(({ kind }) => kind.startsWith('customers.erasure'))
    .map(({ kind, values, link }) => ({ kind, values, link }))
const waits = { kind: 'customers.erasure-waits', values: {}, link: '/erasures' }
const again = { kind: 'customers.erasure-again', values: {}, link: '/erasures' }
const done = { kind: 'customers.erasure-done', values: {}, link: '/erasures' }

test('who asked for an erasure and who confirmed it hear that it waits again, and that it was carried out, without a name', async () => {
  const { id } = await customers(ada).create({ values: { name: 'Quokka Quirin' } })
  const unblock = await blocked()
  const { runId } = await confirmed(id)
  await inForce('cn-banking-insurance')
  const open = await caseAt(app, everybody, id, 'answer')
  await unblock()
  expect(await waitForRun(app, runId!)).toMatchObject({ state: 'done', result: { waits: true } })
  for (const who of [ada, bob]) expect(await newsOf(who)).toEqual([waits])

  await app.as(casesApi).withdraw({ caseId: open.id, version: open.version, reason: 'Found it' })
  app.now = new Date('2023-03-03T03:20:00Z')
  await app.transaction((context) => eraseWhoWaited.run(context, {}))
  expect(await waitForRun(app, (await request(id)).runId!)).toMatchObject({ state: 'done', result: { waits: false } })
  for (const who of [ada, bob]) expect(await newsOf(who)).toEqual([done, waits])
  const { rows } = await sql`select from organization.notification n where n::text ilike '%quokka%' or n::text like ${`%${id}%`}`.execute(
    app.db,
  )
  expect(rows).toEqual([])
})

test('whoever confirms one that is carried out at once sees it, and is told of nothing', async () => {
  const before = await newsOf(ada)
  const { id } = await customers(ada).create({ values: { name: 'At once' } })
  const { runId } = await confirmed(id)
  expect(await waitForRun(app, runId!)).toMatchObject({ state: 'done', result: { waits: false } })
  for (const who of [ada, bob]) expect(await newsOf(who)).toEqual(before)
})

test('one that waited and then failed or was cancelled waits again with its confirmation, is tried in the next night, and both hear of it', async () => {
  const told = ({ kind }: typeof done) =>
    Promise.all([ada, bob].map(async (who) => (await newsOf(who)).filter((one) => one.kind === kind).length))
  const [doneBefore] = await told(done)
  app.now = new Date('2020-03-02T12:00:00Z')
  await inForce('uk-fca')
  const { id } = await customers(ada).create({ values: { name: 'Tried Tilda' } })
  await caseAt(app, everybody, id, 'answer')
  expect(await confirmed(id)).toMatchObject({ state: 'waiting' })
  const { confirmedAt } = await request(id)
  const stands = { state: 'waiting', confirmedBy: bob.id, confirmedAt, runId: null }
  const night = async (at: string) => {
    app.now = new Date(at)
    await app.transaction((context) => eraseWhoWaited.run(context, {}))
    return (await request(id)).runId!
  }
  await sql`alter table platform.erasure_log add constraint full_disk check (id < 0) not valid`.execute(app.db)
  expect(await waitForRun(app, await night('2023-03-03T03:20:00Z'))).toMatchObject({ state: 'failed' })
  await sql`alter table platform.erasure_log drop constraint full_disk`.execute(app.db)
  await expect.poll(() => request(id), { timeout: 20_000 }).toMatchObject(stands)
  expect(await told(again)).toEqual([1, 1])

  const unblock = await blocked()
  expect(await app.as(runsApi).cancel({ id: await night('2023-03-04T03:20:00Z') })).toMatchObject({ state: 'cancelled' })
  await unblock()
  await expect.poll(() => request(id), { timeout: 20_000 }).toMatchObject(stands)
  expect(await told(again)).toEqual([2, 2])

  expect(await waitForRun(app, await night('2023-03-05T03:20:00Z'))).toMatchObject({ state: 'done', result: { waits: false } })
  expect([await told(done), await told(again)]).toEqual([
    [doneBefore! + 1, doneBefore! + 1],
    [2, 2],
  ])
})
