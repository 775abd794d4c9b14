import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { casesApi } from '#modules/cases/api.ts'
import { regimesSetting } from '#modules/cases/settings.ts'
import { api as customersApi } from '#modules/customers/api.ts'
import { eraseWhoWaited } from '#modules/customers/jobs.ts'
import { organizationProfile, settingWithVersion, writeSetting } from '#modules/organization/public.ts'
import { runsApi } from '#platform/runs/api.ts'
import { runById } from '#platform/runs/store.ts'
import { modules } from '../src/modules.ts'
import { type App, everybody, startApp, testConfiguration } from './app.ts'
import { caseAt } from './case-at.ts'
import { refused, second } from './erasing.ts'
import { waitForRun } from './wait-for-run.ts'

// Runs are worked on by the real clock, which is later than all that is pretended here.
const begin = new Date('2020-03-02T12:00:00Z')
const lastDay = '2023-03-02'
const disp = { rule: 'cases.uk-fca', title: 'FCA Handbook, DISP 1' }

let app: App
beforeAll(async () => {
  app = await startApp({ work: true, now: begin })
})
afterAll(() => app.close())
beforeEach(() => {
  app.now = begin
})

const call = () => app.as(customersApi)
const confirmer = () => app.as(customersApi, second)
const cases = () => app.as(casesApi)
const person = async (name: string) => (await call().create({ values: { name } })).id

/** Which rules hold for cases that begin from now on. */
async function inForce(...regimes: string[]): Promise<void> {
  const { version } = await app.transaction(({ db }) => settingWithVersion(db, regimesSetting))
  const value = { inForce: regimes.map((regime) => ({ regime, kinds: ['complaint', 'enquiry'] as ('complaint' | 'enquiry')[] })) }
  await app.transaction((context) => writeSetting(context, regimesSetting, value, version))
}
const ask = (id: string) => call().requestErasure({ id, reason: 'Asks for it' })
/** Asked for and confirmed. */
async function confirmed(id: string) {
  const { id: erasureId, version } = await ask(id)
  return { erasureId, ...(await confirmer().confirmErasure({ erasureId, version })) }
}
const request = async (customerId: string) => (await call().erasures({ customerId })).items[0]!
const night = async (at: string) => {
  app.now = new Date(at)
  await app.transaction((context) => eraseWhoWaited.run(context, {}))
}
const isErased = async (id: string) => (await call().one({ id })).erasedAt !== null

describe('who complained under a rule of law', () => {
  test('waits after two people want them erased, and is erased the day after its last day', async () => {
    await inForce('uk-fca')
    const id = await person('Waiting Wanda')
    await caseAt(app, everybody, id, 'record')
    await caseAt(app, everybody, id, 'answer')
    const kept = { until: lastDay, rules: [{ ...disp, until: lastDay, count: 2 }] }
    const asked = await ask(id)
    expect(asked).toMatchObject({ state: 'requested', keptByLaw: kept, dueOn: null })
    const which = { erasureId: asked.id, version: asked.version }
    expect(await refused(call().confirmErasure(which))).toMatchObject({ reason: 'second-person-needed' })
    expect(await confirmer().confirmErasure(which)).toEqual({ runId: null, state: 'waiting', keptByLaw: kept, dueOn: '2023-03-03' })
    const waiting = await request(id)
    expect(waiting).toMatchObject({ state: 'waiting', confirmedBy: 'second', runId: null, keptByLaw: kept, dueOn: '2023-03-03' })
    expect((await call().erasures({ state: 'waiting' })).items.map(({ customerId }) => customerId)).toEqual([id])
    // What waits is as good as asked for: not a second time, not confirmed again, and nobody becomes one with somebody else meanwhile.
    expect(await refused(ask(id))).toMatchObject({ status: 409, reason: 'erasure-open' })
    expect(await refused(confirmer().confirmErasure({ ...which, version: waiting.version }))).toMatchObject({ reason: 'changed-meanwhile' })
    const other = await person('Waiting Wandah')
    expect(await refused(call().merge({ id: other, otherId: id, version: 1, otherVersion: 1 }))).toMatchObject({ reason: 'erasure-open' })

    await night('2023-03-02T03:20:00Z')
    expect([(await request(id)).state, await isErased(id)]).toEqual(['waiting', false])
    await night('2023-03-03T03:20:00Z')
    const { state, runId, confirmedBy, confirmedAt } = await request(id)
    expect([state, confirmedBy, confirmedAt]).toEqual([expect.stringMatching(/confirmed|done/), 'second', begin])
    expect(await waitForRun(app, runId!)).toMatchObject({ state: 'done', result: { waits: false } })
    expect(await request(id)).toMatchObject({ state: 'done', keptByLaw: null, dueOn: null })
    expect(await isErased(id)).toBe(true)
    const { rows } = await sql<{
      content: object
    }>`select content from platform.erasure_log where customer_id = ${id}::uuid`.execute(app.db)
    expect(rows.map(({ content }) => content)).toMatchObject([{ requestedBy: 'tester', confirmedBy: 'second' }])
    await night('2023-03-04T03:20:00Z')
    expect((await request(id)).runId).toBe(runId)
  })

  test('is kept until nobody knows when while a case is open under a rule that counts from its closing', async () => {
    await inForce('cn-banking-insurance', 'uk-fca')
    const id = await person('Open Olga')
    const made = await caseAt(app, everybody, id, 'answer')
    await confirmed(id)
    const open = await request(id)
    expect(open).toMatchObject({ state: 'waiting', dueOn: null, keptByLaw: { until: null } })
    expect(open.keptByLaw!.rules.map(({ rule, until, count }) => [rule, until, count])).toEqual([
      ['cases.cn-banking-insurance', null, 1],
      ['cases.uk-fca', lastDay, 1],
    ])
    await night('2023-06-01T03:20:00Z')
    expect(await request(id)).toMatchObject({ state: 'waiting', keptByLaw: { until: null, rules: [{ until: null }] } })
    await cases().withdraw({ caseId: made.id, version: made.version, reason: 'Found it' })
    expect(await request(id)).toMatchObject({ state: 'waiting', dueOn: '2026-06-02', keptByLaw: { until: '2026-06-01' } })
  })

  test('waits also for a law that the company wrote down itself, as it stood when the case began', async () => {
    const decide = { key: null, names: { en: 'Decide', 'zh-CN': '', 'zh-TW': '' }, ends: 'resolved' as const, missing: 'breach' as const }
    const law = {
      names: { en: 'Funds', 'zh-CN': '', 'zh-TW': '' },
      source: { title: 'Law on funds', provisions: '12', url: null },
      clocks: [
        { ...decide, measure: { unit: 'calendar-days' as const, amount: 30 }, warnAtShare: null, escalateAtShare: null, extensions: [] },
      ],
      retention: { years: 5, from: 'received' as const, by: 'law' as const },
    }
    const { version, rules } = await cases().addRegime({ ...law, version: 0 })
    await inForce(rules.key)
    const id = await person('Funded Fanny')
    await caseAt(app, everybody, id, 'record')
    await cases().changeRegime({ ...law, regimeKey: rules.key, version, retired: true, retention: null })
    await caseAt(app, everybody, id, 'record')
    expect(await confirmed(id)).toMatchObject({
      ...{ runId: null, state: 'waiting', dueOn: '2025-03-03' },
      keptByLaw: { until: '2025-03-02', rules: [{ rule: `cases.${rules.key}`, title: 'Law on funds', until: '2025-03-02', count: 1 }] },
    })
  })

  test('is counted by the days of the company', async () => {
    await inForce('uk-fca')
    const profile = await app.transaction(({ db }) => settingWithVersion(db, organizationProfile))
    const zone = (timeZone: string, version: number) =>
      app.transaction((context) => writeSetting(context, organizationProfile, { ...profile.value, timeZone }, version))
    await zone('Asia/Shanghai', profile.version)
    app.now = new Date('2020-03-02T20:00:00Z')
    const id = await person('Far Fan')
    await caseAt(app, everybody, id, 'record')
    expect(await ask(id)).toMatchObject({ keptByLaw: { until: '2023-03-03' } })
    app.now = new Date('2023-03-03T15:59:00Z')
    expect(await request(id)).toMatchObject({ keptByLaw: { until: '2023-03-03' } })
    app.now = new Date('2023-03-03T16:01:00Z')
    expect(await request(id)).toMatchObject({ keptByLaw: null })
    await zone(profile.value.timeZone, profile.version + 1)
  })

  test('is kept also under the id of one who was merged into them', async () => {
    await inForce('uk-fca')
    const [kept, gone] = [await person('Merged Mary'), await person('Merged Mari')]
    await caseAt(app, everybody, gone, 'record')
    await call().merge({ id: kept, otherId: gone, version: 1, otherVersion: 1 })
    expect(await confirmed(kept)).toMatchObject({ runId: null, keptByLaw: { until: lastDay, rules: [{ count: 1 }] } })
  })
})

test('the command line says that it waits, and until when', async () => {
  await inForce('uk-fca')
  const id = await person('Commanded Carla')
  await caseAt(app, everybody, id, 'record')
  const erase = modules.flatMap(({ commands = [] }) => commands).find(({ name }) => name === 'privacy erase')!
  const said: string[] = []
  const results: unknown[] = []
  const shell = {
    ...{ configuration: testConfiguration(app.dataFolder), database: app.database, now: () => app.now, json: false },
    ...{ say: (line: string) => said.push(line), result: (value: unknown) => results.push(value), transaction: app.transaction },
    follow: () => Promise.reject(new Error('There is no run to follow')),
  }
  await ask(id)
  await erase.run(shell, [id])
  expect(said.at(-1)).toMatch(/kept about Commanded Carla \(FCA Handbook, DISP 1\); they are erased on 2023-03-03\.$/)
  expect(results).toMatchObject([{ customerId: id, state: 'waiting', dueOn: '2023-03-03', keptByLaw: { until: lastDay } }])
  await expect(erase.run(shell, [id])).rejects.toMatchObject({ reason: 'bad-arguments', message: expect.stringContaining('waits') })
})

test('cases under no rule, and under what the company keeps by choice, keep nobody', async () => {
  const people = [await person('Free Fritz'), await person('Free Frieda')]
  await inForce()
  await caseAt(app, everybody, people[0]!, 'record')
  await inForce('iso-10002', 'feedback-24h')
  await caseAt(app, everybody, people[1]!, 'record')
  for (const id of people) {
    const { runId, state, keptByLaw } = await confirmed(id)
    expect([state, keptByLaw]).toEqual(['confirmed', null])
    expect(await waitForRun(app, runId!)).toMatchObject({ state: 'done', result: { waits: false } })
    expect(await isErased(id)).toBe(true)
  }
})

describe('what waits', () => {
  const waitingPerson = async (name: string) => {
    await inForce('uk-fca')
    const id = await person(name)
    await caseAt(app, everybody, id, 'record')
    return { id, ...(await confirmed(id)), version: (await request(id)).version }
  }

  test('can be withdrawn, and is not erased then', async () => {
    const { id, erasureId, version } = await waitingPerson('Withdrawn Wilma')
    await call().withdrawErasure({ erasureId, version })
    await night('2024-01-01T03:20:00Z')
    expect(await request(id)).toMatchObject({ state: 'withdrawn', runId: null, keptByLaw: null, dueOn: null })
    expect(await isErased(id)).toBe(false)
    expect(await ask(id)).toMatchObject({ state: 'requested' })
  })

  test('can be held by hand beyond the law, until the hold ends', async () => {
    const { id, erasureId, version } = await waitingPerson('Held Hilda')
    const hold = { erasureId, reason: 'A case in court' }
    const held = await call().holdErasure({ ...hold, version, until: '2024-05-01' })
    expect(held).toMatchObject({ state: 'waiting', dueOn: '2024-05-02', keptByLaw: { until: lastDay } })
    const forEver = await call().holdErasure({ ...hold, version: held.version, until: null })
    expect(forEver).toMatchObject({ state: 'waiting', dueOn: null })
    await call().holdErasure({ ...hold, version: forEver.version, until: '2024-05-01' })
    await night('2024-05-01T03:20:00Z')
    expect([(await request(id)).state, await isErased(id)]).toEqual(['waiting', false])
    await night('2024-05-02T03:20:00Z')
    expect(await waitForRun(app, (await request(id)).runId!)).toMatchObject({ state: 'done', result: { waits: false } })
    expect(await isErased(id)).toBe(true)
  })

  test('whose hold is lifted by day is due in the next night, as the company’s clock has it', async () => {
    const { id, erasureId, version } = await waitingPerson('Lifted Lola')
    const hold = { erasureId, until: null }
    const held = await call().holdErasure({ ...hold, version, reason: 'A case in court' })
    app.now = new Date('2024-05-02T12:00:00Z')
    const lifted = await call().holdErasure({ ...hold, version: held.version, reason: null })
    expect(lifted).toMatchObject({ state: 'waiting', keptByLaw: null, dueOn: '2024-05-03' })
    app.now = new Date('2024-05-03T03:19:00Z')
    expect(await request(id)).toMatchObject({ dueOn: '2024-05-03' })
    const profile = await app.transaction(({ db }) => settingWithVersion(db, organizationProfile))
    const zone = (timeZone: string, before: number) =>
      app.transaction((context) => writeSetting(context, organizationProfile, { ...profile.value, timeZone }, before))
    await zone('Asia/Shanghai', profile.version)
    expect(await request(id)).toMatchObject({ dueOn: '2024-05-04' })
    await zone(profile.value.timeZone, profile.version + 1)
    await call().withdrawErasure({ erasureId, version: lifted.version })
  })

  test('waits again where a case came in before the run came to it', async () => {
    await inForce()
    const id = await person('Quick Quirin')
    // Another run of the same group is under way, so that this one waits.
    const blocking = randomUUID()
    await sql`insert into platform.run (id, kind, run_group, state, input, requested_by, requested_at, leased_until, leased_by)
      values (${blocking}::uuid, 'customers.erase', 'customers.erase', 'running', '{}', 'tester', now(), now() + interval '1 hour', 'elsewhere')`.execute(
      app.db,
    )
    const { runId } = await confirmed(id)
    await inForce('cn-banking-insurance')
    const { id: caseId, version } = await caseAt(app, everybody, id, 'answer')
    expect((await runById(app.db, runId!))!.state).toBe('waiting')
    expect(await request(id)).toMatchObject({ state: 'confirmed', keptByLaw: { until: null } })
    await sql`delete from platform.run where id = ${blocking}::uuid`.execute(app.db)
    expect(await waitForRun(app, runId!)).toMatchObject({ state: 'done', result: { waits: true, rows: {}, files: 0 } })
    expect(await request(id)).toMatchObject({ state: 'waiting', runId: null, confirmedBy: 'second', dueOn: null })
    expect(await isErased(id)).toBe(false)
    await cases().withdraw({ caseId, version, reason: 'Found it' })
    await night('2023-03-03T03:20:00Z')
    const again = (await request(id)).runId!
    expect(again).not.toBe(runId)
    expect(await waitForRun(app, again)).toMatchObject({ state: 'done', result: { waits: false } })
    expect((await app.as(runsApi).one({ id: again })).requestedBy).toBe('second')
    expect(await isErased(id)).toBe(true)
  })
})
