import { afterAll, beforeAll, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { departureHandedOver } from '#modules/customers/public.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import type { Actor } from '#platform/context.ts'
import { type App, startApp } from '#test/app.ts'
import { caseAt } from '#test/case-at.ts'
import { colleague } from '#test/colleague.ts'
import { casesApi } from './api.ts'
import { jobs } from './jobs.ts'

let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const takeOver = jobs.find(({ name }) => name === 'cases.take-over')!
const newsOf = async (actor: Actor) =>
  (await app.as(organizationApi, actor).notifications({})).items.map(({ kind, values, link }) => [kind, values.count, link])

test('what somebody handles who leaves goes to those who take over: with its customer, else shared out, and never to whom it is about', async () => {
  const [leaver, ewan, fay] = [await colleague(app, 'Leo'), await colleague(app, 'Ewan'), await colleague(app, 'Fay')]
  const customers = app.as(customersApi)
  const make = async (name: string, ownerId: string | null) => (await customers.create({ values: { name, ownerId } })).id
  const [fays, nobodys] = [await make('Fay’s', fay.id), await make('Nobody’s', null)]
  const said = (subject: string, more: object = {}) => ({ subject, description: 'It came broken', channel: 'phone' as const, ...more })
  const about = (userId: string) => ({ target: { kind: 'person', name: null, userId, departmentId: null } as const })
  const brought = {
    'of Fay’s customer': await caseAt(app, leaver, fays, 'record', said('of Fay’s customer')),
    'of nobody’s': await caseAt(app, leaver, nobodys, 'validity', said('of nobody’s')),
    'settled and looked at': await caseAt(app, leaver, nobodys, 'review', said('settled and looked at')),
    'about Fay': await caseAt(app, leaver, fays, 'record', said('about Fay', about(fay.id))),
  }
  const ended = await caseAt(app, leaver, nobodys, 'answer', said('ended'))
  await app.as(casesApi, leaver).withdraw({ caseId: ended.id, version: ended.version, reason: 'No more' })
  const { items } = await app.as(casesApi).ofHandler({ userId: leaver.id })
  expect(items.map(({ subject }) => subject).toSorted()).toEqual(Object.keys(brought).toSorted())

  const shares = [ewan, fay].map(({ id }) => ({ userId: id, customers: 0 }))
  const facts = async () => app.db.selectFrom('platform.fact').select(['name', 'payload']).where('name', 'like', 'cases.%').execute()
  const before = (await facts()).length
  const fact = { runId: crypto.randomUUID(), fromUserId: leaver.id, shares }
  await app.transaction(async (context) => {
    await context.publish(departureHandedOver, fact)
    await takeOver.run(context, fact as never)
  })
  const handled = async (actor: Actor) =>
    (await app.as(casesApi).ofHandler({ userId: actor.id })).items.map(({ subject }) => subject).toSorted()
  expect(await handled(leaver)).toEqual([])
  const [ewans, hers] = [await handled(ewan), await handled(fay)]
  expect([...ewans, ...hers].toSorted()).toEqual(Object.keys(brought).toSorted())
  expect(ewans).toContain('about Fay')
  expect(hers).toContain('of Fay’s customer')
  const given = [
    { userId: ewan.id, cases: ewans.length },
    { userId: fay.id, cases: hers.length },
  ]
  expect((await facts()).slice(before)).toEqual([
    {
      name: 'cases.taken-over',
      payload: { fromUserId: leaver.id, given: expect.arrayContaining(given) },
    },
  ])
  expect([await newsOf(ewan), await newsOf(fay)]).toEqual([
    [['cases.taken-over', ewans.length, '/cases?queue=mine']],
    [['cases.taken-over', hers.length, '/cases?queue=mine']],
  ])
  const log = await app.as(casesApi).log({ caseId: brought['about Fay'].id })
  expect(log.events.at(-1)).toMatchObject({ kind: 'assigned', by: 'system', said: { ownerId: ewan.id } })
  expect(await app.as(casesApi).one({ caseId: ended.id })).toMatchObject({ ownerId: leaver.id, state: 'withdrawn' })
})

test('a case of which nobody is left who may handle it is nobody’s, so that it stands where somebody takes it', async () => {
  const [leaver, only] = [await colleague(app, 'Lou'), await colleague(app, 'Only')]
  const { id } = await app.as(customersApi).create({ values: { name: 'Somebody' } })
  const target = { kind: 'person', name: null, userId: only.id, departmentId: null } as const
  const made = await caseAt(app, leaver, id, 'record', { subject: 'Rude', description: 'Only was rude', channel: 'phone', target })
  const shares = [{ userId: only.id, customers: 0 }]
  await app.transaction((context) => takeOver.run(context, { runId: crypto.randomUUID(), fromUserId: leaver.id, shares } as never))
  expect((await app.as(casesApi).one({ caseId: made.id })).ownerId).toBeNull()
  expect((await app.as(casesApi).list({ queue: 'nobody' })).items.map((one) => one.id)).toContain(made.id)
  expect(await newsOf(only)).toEqual([])
})
