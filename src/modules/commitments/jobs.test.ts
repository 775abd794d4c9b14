import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { customersHandedOver, departureHandedOver, ensureCustomers, sourceId } from '#modules/customers/public.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import type { Actor } from '#platform/context.ts'
import { derivedId } from '#platform/identifier.ts'
import { type App, startApp } from '#test/app.ts'
import { colleague } from '#test/colleague.ts'
import { countStatements } from '#test/count-statements.ts'
import { handOverCommitments } from './actions/others.ts'
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

/** Calls after a hand-over that the job has still to make. */
const handOver = (runId: string, calls: readonly { customerId: string; ownerId: string }[]) =>
  app.transaction((context) =>
    context.publish(customersHandedOver, {
      runId,
      fromUserId: ann.id,
      customers: calls.length,
      calls: calls.map((call) => ({ ...call, tier: 'gold' as const })),
    }),
  )

test('however many calls a hand-over brings, they cost as many statements as one, and leave one fact; a repeated hand-over makes none', async () => {
  const [ada, ben] = [await colleague(app, 'Ada'), await colleague(app, 'Ben')]
  const keys = Array.from({ length: 500 }, (_, i) => `handed ${i}`)
  await app.transaction(async ({ db, now }) =>
    ensureCustomers(db, { source: 'desk', sourceId: await sourceId(db, 'desk'), keys, runId: null, by: 'test', now }),
  )
  const calls = keys.map((key, i) => ({ customerId: derivedId('customer', 'desk', key), ownerId: [ada, ben][i % 2]!.id }))
  const job = jobs.find(({ name }) => name === 'commitments.call-after-hand-over')!
  const made = async () =>
    app.db.selectFrom('platform.fact').select(['payload', 'actor']).where('name', '=', 'commitments.many-made').orderBy('id').execute()
  const cost = (runId: string, some: typeof calls) =>
    app.transaction((context) =>
      countStatements(context.db, () =>
        job.run(context, {
          runId,
          fromUserId: ann.id,
          customers: some.length,
          calls: some.map((call) => ({ ...call, tier: 'gold' })),
        } as never),
      ),
    )
  const before = (await made()).length
  const [two, all] = [crypto.randomUUID(), crypto.randomUUID()]
  const ofTwo = await cost(two, calls.slice(0, 2))
  expect(await cost(all, calls)).toBe(ofTwo)
  expect(await cost(all, calls)).toBeLessThan(ofTwo)
  const facts = (await made()).slice(before)
  expect(facts.map(({ payload }) => (payload as { commitments: unknown[] }).commitments.length)).toEqual([2, 500])
  expect(facts[1]!.payload).toMatchObject({ kind: 'task', origin: { module: 'customers', id: all }, dueDay: '2026-01-08' })
  const rows = await app.db.selectFrom('commitments.commitment').selectAll().where('origin_id', '=', all).execute()
  expect(rows).toHaveLength(500)
  expect(new Map(rows.map((row) => [row.customer_id, row.owner_id]))).toEqual(
    new Map(calls.map(({ customerId, ownerId }) => [customerId, ownerId])),
  )
  const one = rows[0]!
  const shown = await app.as(commitmentsApi).one({ id: one.id })
  expect(shown).toMatchObject({ kind: 'task', channel: 'call', state: 'open', dueDay: '2026-01-08' })
  expect(shown.events.map(({ what }) => what)).toEqual(['created'])
})

test('of the calls after a hand-over somebody hears once; who was merged is called as the other, and who is gone is left out', async () => {
  const cleo = await colleague(app, 'Cleo')
  const customers = app.as(customersApi)
  const make = async (name: string) => (await customers.create({ values: { name, ownerId: cleo.id } })).id
  const [kept, survivor, merged] = [await make('Kept'), await make('Survivor'), await make('Merged')]
  await customers.merge({ id: survivor, otherId: merged, version: 1, otherVersion: 1 })
  const calls = [kept, merged, crypto.randomUUID()].map((customerId) => ({ customerId, ownerId: cleo.id }))
  await handOver(crypto.randomUUID(), calls)
  await work()
  await work()
  const { items } = await app.as(commitmentsApi, cleo).list({})
  expect(items.map(({ customer }) => customer?.name).toSorted()).toEqual(['Kept', 'Survivor'])
  expect(await counted(cleo)).toEqual(['commitments.calls: 2'])
})

test('after a hand-over nobody is called who refused it: they are greeted another way, or not at all', async () => {
  const dana = await colleague(app, 'Dana')
  const customers = app.as(customersApi)
  const make = async (name: string, refused: 'phone' | 'all' | null) => {
    const { id } = await customers.create({ values: { name, ownerId: dana.id, email: 'tea@example.com', phone: '138 0013 8000' } })
    if (refused) await customers.noteConsent({ id, purpose: 'all', channel: refused, given: false, origin: 'talk' })
    return id
  }
  const ids = [await make('Called', null), await make('Written to', 'phone'), await make('Left alone', 'all')]
  const calls = ids.map((customerId) => ({ customerId, tier: 'gold' as const, ownerId: dana.id }))
  await app.transaction((context) =>
    context.publish(customersHandedOver, { runId: crypto.randomUUID(), fromUserId: ann.id, customers: 3, calls }),
  )
  await work()
  const { items } = await app.as(commitmentsApi, dana).list({})
  expect(items.map(({ customer, channel }) => [customer?.name, channel]).toSorted()).toEqual([
    ['Called', 'call'],
    ['Written to', 'email'],
  ])
  expect(new Set(items.map(({ title }) => title)).size).toBe(2)
  expect(await counted(dana)).toEqual(['commitments.calls: 2'])
})

test('when somebody leaves, whoever takes over owes what was open, and hears of it once', async () => {
  const [dora, ewan, fay] = [await colleague(app, 'Dora'), await colleague(app, 'Ewan'), await colleague(app, 'Fay')]
  const { id: customerId } = await app.as(customersApi).create({ values: { name: 'Kept by Fay', ownerId: fay.id } })
  const doras = app.as(commitmentsApi, dora)
  await doras.create({ kind: 'promise', title: 'A list of prices', customerId, dueDay: '2026-03-15' })
  for (const title of ['Tidy the shelf', 'Water the plants']) await doras.create({ kind: 'task', title })
  const { id, version } = await doras.create({ kind: 'task', title: 'Done already' })
  await doras.complete({ id, version })
  await work()
  const shares = [ewan, fay].map((one) => ({ userId: one.id, customers: 0 }))
  await app.transaction((context) => context.publish(departureHandedOver, { runId: crypto.randomUUID(), fromUserId: dora.id, shares }))
  await work()
  await work()
  const owed = async (actor: Actor) => (await app.as(commitmentsApi, actor).list({})).items.map(({ title }) => title).toSorted()
  expect(await owed(dora)).toEqual([])
  expect(await owed(ewan)).toEqual(['Tidy the shelf', 'Water the plants'])
  expect(await owed(fay)).toEqual(['A list of prices'])
  expect([await counted(ewan), await counted(fay)]).toEqual([['commitments.taken-over: 2'], ['commitments.taken-over: 1']])
})

test('a take-over costs as many statements for many as for few, and neither an edit meanwhile nor an old row that is not whole stops it', async () => {
  const [gil, hana] = [await colleague(app, 'Gil'), await colleague(app, 'Hana')]
  const gils = app.as(commitmentsApi, gil)
  const titled = async (n: number) => {
    for (let i = 0; i < n; i++) await gils.create({ kind: 'task', title: `Task ${i}` })
  }
  const cost = () =>
    app.transaction((context) =>
      countStatements(context.db, () => handOverCommitments(context, gil.id, [hana.id], crypto.randomUUID()).then(() => {})),
    )
  await titled(2)
  const ofTwo = await cost()
  await titled(12)
  expect(await cost()).toBe(ofTwo)

  const edited = await gils.create({ kind: 'task', title: 'Edited' })
  const old = await gils.create({ kind: 'task', title: 'Not whole' })
  await app.db.updateTable('commitments.commitment').set({ kind: 'promise' }).where('id', '=', old.id).execute()
  const words = { title: 'Edited meanwhile', version: 2 }
  let waited: Promise<unknown> = Promise.resolve()
  await app.transaction(async ({ db }) => {
    await db.updateTable('commitments.commitment').set(words).where('id', '=', edited.id).execute()
    // It waits for the edit, which is not yet there when it reads what is open.
    waited = app.transaction((context) => handOverCommitments(context, gil.id, [hana.id], crypto.randomUUID()))
    await setTimeout(500)
  })
  await waited
  const mine = app.as(commitmentsApi, hana)
  expect(await mine.one({ id: edited.id })).toMatchObject({ title: 'Edited meanwhile', ownerId: hana.id, version: 3 })
  expect((await mine.one({ id: edited.id })).events.at(-1)).toMatchObject({ what: 'handed-over' })
  expect(await mine.one({ id: old.id })).toMatchObject({ ownerId: hana.id })
  expect((await gils.list({})).items).toEqual([])
})

test('of a next step that a stranger noted whoever looks after the customer hears', async () => {
  const ida = await colleague(app, 'Ida')
  const { id } = await app.as(customersApi).create({ values: { name: 'Lane Tea', ownerId: ida.id } })
  const said = { id, channel: 'call', direction: 'in', stage: 'after', summary: 'Asked', nextStep: 'Call Lane Tea' } as const
  await app.as(customersApi).logInteraction(said)
  await work()
  await work()
  expect((await app.as(commitmentsApi, ida).list({})).items).toMatchObject([{ title: 'Call Lane Tea', requestedBy: 'tester' }])
  expect(await newsOf(ida)).toEqual(['commitments.assigned: Call Lane Tea'])
})

test('another word of the next step leaves the day that was chosen; without a day the task no longer comes back', async () => {
  const jon = await colleague(app, 'Jon')
  const touches = app.as(customersApi, jon)
  const { id } = await touches.create({ values: { name: 'Gate Tea' } })
  const said = { id, channel: 'call', direction: 'in', stage: 'after', summary: 'Asked' } as const
  const touch = await touches.logInteraction({ ...said, nextStep: 'Call', nextStepOn: '2027-01-09' })
  await work()
  const jons = app.as(commitmentsApi, jon)
  const task = async () => (await jons.ofCustomer({ customerId: id })).items[0]!
  const change = async (version: number, more: { nextStep: string; nextStepOn: string | null }) => {
    await touches.changeInteraction({ ...said, interactionId: touch.id, version, ...more })
    await work()
  }
  await jons.postpone({ id: (await task()).id, version: 1, day: '2027-01-12' })
  await change(1, { nextStep: 'Call again', nextStepOn: '2027-01-09' })
  expect(await task()).toMatchObject({ title: 'Call again', dueDay: '2027-01-12' })
  await change(2, { nextStep: 'Call again', nextStepOn: '2027-01-20' })
  expect(await task()).toMatchObject({ dueDay: '2027-01-20' })
  await jons.postpone({ id: (await task()).id, version: 4, day: '2027-01-25' })
  await change(3, { nextStep: 'Call them', nextStepOn: '2027-01-20' })
  expect(await task()).toMatchObject({ title: 'Call them', dueDay: '2027-01-25' })

  await jons.change({ id: (await task()).id, version: 6, repeat: { unit: 'week', every: 1 } })
  await change(4, { nextStep: 'Call them', nextStepOn: null })
  expect(await task()).toMatchObject({ dueDay: null, repeat: null })
})

test('what a touch says comes next is a task of whoever noted it; a correction changes it, a withdrawal ends it (B-10)', async () => {
  const dan = await colleague(app, 'Dan')
  const touches = app.as(customersApi, dan)
  const { id } = await touches.create({ values: { name: 'Harbour Tea' } })
  const said = { id, channel: 'visit', direction: 'out', stage: 'before', summary: 'Showed the samples' } as const
  const owed = async () =>
    (await app.as(commitmentsApi, dan).ofCustomer({ customerId: id })).items.map(({ title, dueDay, ownerId }) => [title, dueDay, ownerId])
  await touches.logInteraction(said)
  const touch = await touches.logInteraction({ ...said, nextStep: 'Send an offer', nextStepOn: '2027-01-09' })
  await work()
  expect(await owed()).toEqual([['Send an offer', '2027-01-09', dan.id]])
  expect(await newsOf(dan)).toEqual([])

  // The day that was chosen for the task stays where only a word of the touch is corrected.
  const [task] = (await app.as(commitmentsApi, dan).ofCustomer({ customerId: id })).items
  await app.as(commitmentsApi, dan).postpone({ id: task!.id, version: 1, day: '2027-01-12' })
  const change = { ...said, interactionId: touch.id, nextStep: 'Send an offer', nextStepOn: '2027-01-09' }
  await touches.changeInteraction({ ...change, version: 1, summary: 'Showed three samples' })
  await work()
  expect(await owed()).toEqual([['Send an offer', '2027-01-12', dan.id]])
  await touches.changeInteraction({ ...change, version: 2, nextStep: 'Send two offers', nextStepOn: '2027-01-20' })
  await work()
  expect(await owed()).toEqual([['Send two offers', '2027-01-20', dan.id]])

  // Nothing comes next, and then something does again.
  await touches.changeInteraction({ ...change, version: 3, nextStep: null, nextStepOn: null })
  await work()
  expect(await owed()).toEqual([])
  await touches.changeInteraction({ ...change, version: 4, nextStep: null })
  await work()
  expect(await owed()).toEqual([['Next step after a contact', '2027-01-09', dan.id]])
  await touches.withdrawInteraction({ id, interactionId: touch.id, version: 5 })
  await work()
  expect(await owed()).toEqual([])
})

test('a withdrawal that is heard before the touch leaves no task, and what somebody ended stays ended', async () => {
  const eve = await colleague(app, 'Eve')
  const touches = app.as(customersApi, eve)
  const { id } = await touches.create({ values: { name: 'Hill Tea' } })
  const said = { id, channel: 'call', direction: 'in', stage: 'after', summary: 'Asked', nextStep: 'Call back' } as const
  const withdrawn = await touches.logInteraction(said)
  await touches.withdrawInteraction({ id, interactionId: withdrawn.id, version: 1 })
  await work()
  const open = async () => (await app.as(commitmentsApi, eve).ofCustomer({ customerId: id })).items
  expect(await open()).toEqual([])

  const kept = await touches.logInteraction(said)
  await work()
  const [task] = await open()
  await app.as(commitmentsApi, eve).cancel({ id: task!.id, version: task!.version })
  await touches.changeInteraction({ ...said, interactionId: kept.id, version: 1, nextStep: 'Call back soon' })
  await work()
  expect(await open()).toEqual([])
})
