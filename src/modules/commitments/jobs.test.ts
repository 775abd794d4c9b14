import { afterAll, beforeAll, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { customersHandedOver } from '#modules/customers/public.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import type { Actor } from '#platform/context.ts'
import { type App, startApp } from '#test/app.ts'
import { colleague } from '#test/colleague.ts'
import { commitmentsApi } from './api.ts'
import { jobs } from './jobs.ts'

let app: App
let ann: Actor
let bob: Actor
beforeAll(async () => {
  app = await startApp()
  ann = await colleague(app, 'Ann')
  bob = await colleague(app, 'Bob')
})
afterAll(() => app.close())

/** What the facts since the last call wake. */
let seen = 0
async function work(): Promise<void> {
  const facts = await app.db.selectFrom('platform.fact').selectAll().where('id', '>', seen).orderBy('id').execute()
  seen = facts.at(-1)?.id ?? seen
  for (const fact of facts)
    for (const job of jobs.filter((one) => one.on?.name === fact.name))
      await app.transaction((context) => job.run(context, fact.payload as never))
}
const counted = async (actor: Actor) =>
  (await app.as(organizationApi, actor).notifications({})).items.map(({ kind, values }) => `${kind}: ${values.count}`)
const newsOf = async (actor: Actor) =>
  (await app.as(organizationApi, actor).notifications({})).items.map(({ kind, values }) => `${kind}: ${values.title}`).toSorted()

test('whoever is asked hears of it, whoever asked hears of the end, and nobody of what they did themselves', async () => {
  const asks = app.as(commitmentsApi, ann)
  await asks.create({ kind: 'task', title: 'My own', ownerId: ann.id })
  const asked = await asks.create({ kind: 'task', title: 'Call back', ownerId: bob.id })
  await work()
  expect(await newsOf(ann)).toEqual([])
  expect(await newsOf(bob)).toEqual(['commitments.assigned: Call back'])
  await app.as(commitmentsApi, bob).complete({ id: asked.id, version: asked.version, outcome: 'Reached her' })
  await work()
  expect(await newsOf(ann)).toEqual(['commitments.done: Call back'])
})

test('of the calls after a hand-over somebody hears once; who was merged is called as the other, and who is gone is left out', async () => {
  const cleo = await colleague(app, 'Cleo')
  const customers = app.as(customersApi)
  const make = async (name: string) => (await customers.create({ values: { name, ownerId: cleo.id } })).id
  const [kept, survivor, merged] = [await make('Kept'), await make('Survivor'), await make('Merged')]
  await customers.merge({ id: survivor, otherId: merged, version: 1, otherVersion: 1 })
  const calls = [kept, merged, crypto.randomUUID()].map((customerId) => ({ customerId, tier: 'gold' as const, ownerId: cleo.id }))
  await app.transaction((context) =>
    context.publish(customersHandedOver, { runId: crypto.randomUUID(), fromUserId: ann.id, customers: 3, calls }),
  )
  await work()
  await work()
  const { items } = await app.as(commitmentsApi, cleo).list({})
  expect(items.map(({ customer }) => customer?.name).toSorted()).toEqual(['Kept', 'Survivor'])
  expect(await counted(cleo)).toEqual(['commitments.calls: 2'])
})
