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
const request = async (customerId: string) => (await customers(ada).erasures({ customerId })).items[0]!
const newsOf = async (who: Actor) =>
  (await app.as(organizationApi, who).notifications({})).items
    .filter(({ kind }) => kind.startsWith('customers.erasure'))
    .map(({ kind, values, link }) => ({ kind, values, link }))
const waits = { kind: 'customers.erasure-waits', values: {}, link: '/erasures' }
const done = { kind: 'customers.erasure-done', values: {}, link: '/erasures' }

test('who asked for an erasure and who confirmed it hear that it waits again, and that it was carried out, without a name', async () => {
  const { id } = await customers(ada).create({ values: { name: 'Quokka Quirin' } })
  // Another run of the same group is under way, so that this one waits.
  const blocking = randomUUID()
  await sql`insert into platform.run (id, kind, run_group, state, input, requested_by, requested_at, leased_until, leased_by)
    values (${blocking}::uuid, 'customers.erase', 'customers.erase', 'running', '{}', 'tester', now(), now() + interval '1 hour', 'elsewhere')`.execute(
    app.db,
  )
  const { runId } = await confirmed(id)
  await inForce('cn-banking-insurance')
  const open = await caseAt(app, everybody, id, 'answer')
  await sql`delete from platform.run where id = ${blocking}::uuid`.execute(app.db)
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
