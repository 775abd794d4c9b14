import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '#platform/context.ts'
import { runsApi } from '#platform/runs/api.ts'
import { setDisabled } from '#platform/sign-in/users.ts'
import { type App, startApp } from '#test/app.ts'
import { colleague } from '#test/colleague.ts'
import { waitForRun } from '#test/wait-for-run.ts'
import { api } from './api.ts'
import { checks } from './checks.ts'

let app: App
let ann: Actor
let ben: Actor
beforeAll(async () => {
  app = await startApp({ work: true })
  ann = await colleague(app, 'Ann')
  ben = await colleague(app, 'Ben')
  const make = (name: string, ownerId: string | null, role?: 'partner') =>
    app.as(api).create({ values: { name, ownerId, ...(role ? { role } : {}) } })
  for (const name of ['Free one', 'Free two', 'Free three']) await make(name, null)
  await make('A partner', null, 'partner')
  await make('Taken', ann.id)
})
afterAll(() => app.close())
const owned = async (...owner: string[]) => (await app.as(api).list({ owner, sort: 'name' })).items.map(({ name }) => name)

test('whom nobody looks after can be listed, alone or with those of somebody; whoever sees only some sees none of them', async () => {
  expect(await owned('nobody')).toEqual(['Free one', 'Free three', 'Free two'])
  expect(await owned('nobody', ann.id)).toEqual(['Free one', 'Free three', 'Free two', 'Taken'])
  expect(await owned(ann.id)).toEqual(['Taken'])
  const some: Actor = { ...ann, reach: () => [ann.id] }
  expect((await app.as(api, some).list({ owner: ['nobody'] })).items).toEqual([])
})

test('they are handed out evenly, partners stay, and it can be taken back', async () => {
  expect(await app.as(api).load({ userId: ann.id })).toMatchObject({ customers: 1 })
  const { runId } = await app
    .as(api)
    .handOver({ fromUserId: 'nobody', toUserIds: [ann.id, ben.id] }, { idempotencyKey: crypto.randomUUID() })
  expect((await waitForRun(app, runId)).result).toMatchObject({ customers: 3 })
  expect(await owned('nobody')).toEqual([])
  const loads = [await app.as(api).load({ userId: ann.id }), await app.as(api).load({ userId: ben.id })]
  expect(loads.map(({ customers }) => customers)).toEqual([2, 2])
  expect(await app.db.selectFrom('platform.fact').select('id').where('name', '=', 'customers.departure-handed-over').execute()).toEqual([])
  const undo = await app.as(runsApi).undo({ id: runId })
  // Nobody's work was handed on with them, so nothing else is given back.
  const nothing = { restored: 0, stays: 0, left: [] }
  expect((await waitForRun(app, undo.id)).result).toEqual({
    ...{ restored: 3, left: 0 },
    also: { calls: nothing, cases: nothing, commitments: nothing },
  })
  expect(await owned('nobody')).toHaveLength(3)
})

test('the doctor says that customers are left with somebody who does not work here any more', async () => {
  const check = checks.find(({ name }) => name === 'customers.looked-after')!
  expect(await check.run(app.db, app.now)).toMatchObject({ state: 'good' })
  await app.transaction(({ db, now }) => setDisabled(db, ann.id, true, now))
  expect(await check.run(app.db, app.now)).toMatchObject({ state: 'look', detail: expect.stringContaining('1 person') })
  await app.transaction(({ db, now }) => setDisabled(db, ann.id, false, now))
})

test('a single customer, too, is given only to somebody who works here; who has left keeps whom nobody touches', async () => {
  const stranger = crypto.randomUUID()
  const refusal = { status: 422, reason: 'no-such-colleague', fields: [{ field: 'ownerId' }] }
  await expect(app.as(api).create({ values: { name: 'Lost', ownerId: stranger } })).rejects.toMatchObject(refusal)
  const { id, version } = await app.as(api).create({ values: { name: 'Kept', ownerId: ben.id } })
  await expect(app.as(api).change({ id, version, values: { ownerId: 'Ann Wolf' } })).rejects.toMatchObject(refusal)
  await app.transaction(({ db, now }) => setDisabled(db, ben.id, true, now))
  await expect(app.as(api).create({ values: { name: 'Too late', ownerId: ben.id } })).rejects.toMatchObject(refusal)
  // The form sends the owner along with what was changed.
  const changed = await app.as(api).change({ id, version, values: { city: 'Bath', ownerId: ben.id } })
  expect(changed.values).toMatchObject({ city: 'Bath', ownerId: ben.id })
  const own = await app.as(api, { ...ann, id: 'operator' }).create({ values: { name: 'Own', ownerId: 'operator' } })
  expect(own.values.ownerId).toBe('operator')
})
