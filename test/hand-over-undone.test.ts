import { afterAll, beforeAll, expect, test } from 'vitest'
import { casesApi } from '#modules/cases/api.ts'
import { giveCommitmentsBack } from '#modules/commitments/actions/giving-back.ts'
import { handOverCommitments } from '#modules/commitments/actions/others.ts'
import { commitmentsApi } from '#modules/commitments/api.ts'
import { api as customersApi } from '#modules/customers/api.ts'
import { writeBook } from '#modules/customers/store/book.ts'
import type { Actor } from '#platform/context.ts'
import { runsApi } from '#platform/runs/api.ts'
import type { RunView } from '#platform/runs/run-kind.ts'
import { setDisabled } from '#platform/sign-in/users.ts'
import { type App, startApp } from './app.ts'
import { caseAt } from './case-at.ts'
import { colleague } from './colleague.ts'
import { countStatements } from './count-statements.ts'
import { waitForRun } from './wait-for-run.ts'

let app: App
beforeAll(async () => {
  app = await startApp({ work: true, now: new Date('2026-03-01T12:00:00Z') })
})
afterAll(() => app.close())

test('a hand-over that is taken back gives everything back that followed, but for what was closed or given on since, which it names', async () => {
  const [leaver, heir, other] = [await colleague(app, 'Lea'), await colleague(app, 'Hal'), await colleague(app, 'Otto')]
  const make = async (name: string) => (await app.as(customersApi).create({ values: { name, ownerId: leaver.id } })).id
  const [first, second] = [await make('First'), await make('Second')]
  await app.transaction(({ db }) => writeBook(db, { ids: [first], valuedOn: '2026-03-01', tier: [3] }))
  const leavers = app.as(commitmentsApi, leaver)
  const owed: Record<string, string> = {}
  for (const title of ['Back again', 'Edited meanwhile', 'Done since', 'Given on since'])
    owed[title] = (await leavers.create({ kind: 'task', title, customerId: first, dueDay: '2026-03-20' })).id
  const cases = await Promise.all(
    ['back again', 'ended since'].map((subject) =>
      caseAt(app, leaver, second, 'record', { subject, description: 'It came broken', channel: 'phone' }),
    ),
  )
  const ownerOf = async (title: string) => (await leavers.one({ id: owed[title]! })).ownerId
  const handlerOf = async (at: number) => (await app.as(casesApi).one({ caseId: cases[at]!.id })).ownerId

  const { runId } = await app.as(customersApi).handOver({ fromUserId: leaver.id, toUserIds: [heir.id] }, { idempotencyKey: 'lea leaves' })
  await waitForRun(app, runId)
  await expect.poll(() => ownerOf('Back again'), { timeout: 10_000 }).toBe(heir.id)
  await expect.poll(() => handlerOf(0), { timeout: 10_000 }).toBe(heir.id)
  const calls = async () => (await app.as(commitmentsApi, heir).list({})).items.filter(({ title }) => !(title in owed))
  await expect.poll(async () => (await calls()).length, { timeout: 10_000 }).toBe(1)
  const [call] = await calls()

  const heirs = app.as(commitmentsApi, heir)
  const now = async (title: string) => heirs.one({ id: owed[title]! })
  const edited = await now('Edited meanwhile')
  await heirs.change({ id: edited.id, version: edited.version, note: 'A word of Hal' })
  const done = await now('Done since')
  await heirs.complete({ id: done.id, version: done.version })
  const given = await now('Given on since')
  await app.as(commitmentsApi).handOver({ id: given.id, version: given.version, ownerId: other.id })
  const ended = await app.as(casesApi).one({ caseId: cases[1]!.id })
  await app.as(casesApi, heir).withdraw({ caseId: ended.id, version: ended.version, reason: 'No more' })

  const undo = await app.as(runsApi).undo({ id: runId })
  const back = await waitForRun(app, undo.id)
  expect(back.problem).toBeNull()
  const named = (titles: readonly string[]) => titles.map((title) => expect.objectContaining({ id: owed[title] }))
  expect(back.result).toEqual({
    restored: 2,
    left: 0,
    also: {
      commitments: { restored: 2, stays: 2, left: expect.arrayContaining(named(['Done since', 'Given on since'])) },
      calls: { restored: 1, stays: 0, left: [] },
      cases: { restored: 1, stays: 1, left: [{ id: cases[1]!.id, why: 'ended' }] },
    },
  })
  expect([await ownerOf('Back again'), await ownerOf('Edited meanwhile')]).toEqual([leaver.id, leaver.id])
  expect((await now('Edited meanwhile')).note).toBe('A word of Hal')
  expect([await ownerOf('Done since'), await ownerOf('Given on since')]).toEqual([heir.id, other.id])
  expect([await handlerOf(0), await handlerOf(1)]).toEqual([leaver.id, heir.id])
  expect((await app.as(commitmentsApi).one({ id: call!.id })).state).toBe('cancelled')
  expect((await leavers.one({ id: owed['Back again']! })).events.map(({ what }) => what)).toEqual(['created', 'handed-over', 'handed-over'])
})

/** Somebody's customers with a call each, some commitments and a case, all handed over to another. */
async function handedOver(leaver: Actor, heir: Actor, customers: readonly string[]) {
  const make = async (name: string) => (await app.as(customersApi).create({ values: { name, ownerId: leaver.id } })).id
  const ids: string[] = []
  for (const name of customers) ids.push(await make(name))
  await app.transaction(({ db }) => writeBook(db, { ids, valuedOn: '2026-03-01', tier: ids.map(() => 3) }))
  const task = await app.as(commitmentsApi, leaver).create({ kind: 'task', title: 'A task', customerId: ids[0]!, dueDay: '2026-03-20' })
  const said = { subject: 'broken', description: 'It came broken', channel: 'phone' } as const
  const theCase = await caseAt(app, leaver, ids[0]!, 'record', said)
  const { runId } = await app
    .as(customersApi)
    .handOver({ fromUserId: leaver.id, toUserIds: [heir.id] }, { idempotencyKey: `${leaver.id} leaves` })
  await waitForRun(app, runId)
  const heirs = app.as(commitmentsApi, heir)
  const calls = async () => (await heirs.list({})).items.filter(({ id }) => id !== task.id)
  await expect.poll(async () => (await calls()).length, { timeout: 10_000 }).toBe(ids.length)
  await expect.poll(async () => (await heirs.one({ id: task.id })).ownerId, { timeout: 10_000 }).toBe(heir.id)
  await expect.poll(async () => (await app.as(casesApi).one({ caseId: theCase.id })).ownerId, { timeout: 10_000 }).toBe(heir.id)
  const callOf = new Map((await calls()).map((call) => [call.customer?.id, call]))
  return { runId, heirs, ids, task, theCase, calls: ids.map((id) => callOf.get(id)!) }
}
const undone = async (runId: string) => {
  const run = await waitForRun(app, (await app.as(runsApi).undo({ id: runId })).id)
  expect(run.problem).toBeNull()
  return (run.result as { also: Record<string, unknown> }).also
}

test('a call that somebody changed since, gave on, or whose customer did not go back stays and is named', async () => {
  const [leaver, heir, other] = [await colleague(app, 'Lou'), await colleague(app, 'Hans'), await colleague(app, 'Olga')]
  const { runId, heirs, ids, calls } = await handedOver(leaver, heir, ['Goes', 'Written', 'Passed', 'Kept'])
  const [goes, written, passed, kept] = calls
  await heirs.change({ id: written!.id, version: written!.version, note: 'Prefers the morning' })
  await heirs.handOver({ id: passed!.id, version: passed!.version, ownerId: other.id })
  const customers = app.as(customersApi)
  const { version } = await customers.one({ id: ids[3]! })
  await customers.change({ id: ids[3]!, version, values: { ownerId: other.id } })
  expect((await undone(runId)).calls).toEqual({
    restored: 1,
    stays: 3,
    left: expect.arrayContaining([
      { id: written!.id, why: 'changed' },
      { id: passed!.id, why: 'given-on' },
      { id: kept!.id, why: 'customer-stays' },
    ]),
  })
  const states = await Promise.all([goes, written, passed, kept].map(async (call) => (await heirs.one({ id: call!.id })).state))
  expect(states).toEqual(['cancelled', 'open', 'open', 'open'])
  expect((await heirs.one({ id: goes!.id })).events.at(-1)).toMatchObject({ what: 'cancelled' })
})

test('nothing that has to be done goes back to somebody who cannot sign in', async () => {
  const [leaver, heir] = [await colleague(app, 'Liv'), await colleague(app, 'Hedda')]
  const { runId, heirs, task, theCase } = await handedOver(leaver, heir, ['Of Liv'])
  await app.transaction(({ db, now }) => setDisabled(db, leaver.id, true, now))
  expect(await undone(runId)).toMatchObject({
    commitments: { restored: 0, stays: 1, left: [{ id: task.id, why: 'cannot-sign-in' }] },
    cases: { restored: 0, stays: 1, left: [{ id: theCase.id, why: 'cannot-sign-in' }] },
  })
  expect((await heirs.one({ id: task.id })).ownerId).toBe(heir.id)
  expect((await app.as(casesApi).one({ caseId: theCase.id })).ownerId).toBe(heir.id)
})

test('taking commitments back costs as many statements for many as for few', async () => {
  const [leaver, heir] = [await colleague(app, 'Lin'), await colleague(app, 'Hugo')]
  let owed = 0
  const cost = async (more: number) => {
    for (let i = 0; i < more; i++, owed++) await app.as(commitmentsApi, leaver).create({ kind: 'task', title: `Task ${i}` })
    const of = { id: crypto.randomUUID(), input: { fromUserId: leaver.id } } as unknown as RunView
    return app.transaction(async (context) => {
      await handOverCommitments(context, leaver.id, [heir.id], of.id)
      return countStatements(context.db, async () => {
        expect(await giveCommitmentsBack(context, of)).toMatchObject({ commitments: { restored: owed, left: [] } })
      })
    })
  }
  const ofTwo = await cost(2)
  expect(await cost(14)).toBe(ofTwo)
})
