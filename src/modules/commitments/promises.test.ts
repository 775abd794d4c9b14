import { afterAll, beforeAll, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import type { Actor } from '#platform/context.ts'
import type { App } from '#test/app.ts'
import { colleague } from '#test/complaints.ts'
import { startTeaCompany } from '#test/tea-company.ts'
import { commitmentsApi } from './api.ts'
import { watchPromises } from './jobs/promises.ts'

let app: App
/** Promises, heads their department, supervises. */
let ann: Actor
let hal: Actor
let sue: Actor
let customerId: string
beforeAll(async () => {
  app = await startTeaCompany()
  ann = await colleague(app, 'Ann')
  hal = await colleague(app, 'Hal')
  sue = await colleague(app, 'Sue', ['supervisor'])
  customerId = (await app.as(customersApi).create({ values: { name: 'Harbour Tea' } })).id
})
afterAll(() => app.close())

const watch = () => app.transaction(watchPromises)
const newsOf = async (actor: Actor) =>
  (await app.as(organizationApi, actor).notifications({})).items
    .filter(({ kind }) => kind.startsWith('commitments.broken'))
    .map(({ kind, values }) => [kind, values.title, values.name])
const brokenFacts = async () =>
  (await app.db.selectFrom('platform.fact').select('payload').where('name', '=', 'commitments.promise-broken').execute()).map(
    ({ payload }) => (payload as unknown as { dueDay: string }).dueDay,
  )
const at = (moment: string) => {
  app.now = new Date(moment)
}

test('a promise that was not kept is told once, to whoever promised and to whoever supervises; promised anew it may be broken anew', async () => {
  const anns = app.as(commitmentsApi, ann)
  const promise = await anns.create({ kind: 'promise', title: 'Two new jars', dueDay: '2026-03-11', customerId })
  const kept = await anns.create({ kind: 'promise', title: 'A call', dueDay: '2026-03-11', customerId })
  await anns.create({ kind: 'task', title: 'Only a task', dueDay: '2026-03-11', customerId })
  await anns.complete({ id: kept.id, version: kept.version, outcome: 'Called' })
  // The day lasts until midnight in Shanghai.
  at('2026-03-11T15:59:00Z')
  await watch()
  expect([await newsOf(ann), await newsOf(sue)]).toEqual([[], []])
  at('2026-03-11T16:00:00Z')
  await watch()
  await watch()
  expect(await newsOf(ann)).toEqual([['commitments.broken', 'Two new jars', undefined]])
  expect(await newsOf(sue)).toEqual([['commitments.broken-below', 'Two new jars', 'Ann']])
  expect(await newsOf(hal)).toEqual([])
  expect(await brokenFacts()).toEqual(['2026-03-11'])
  const { events, version, state } = await anns.one({ id: promise.id })
  expect([state, events.at(-1)]).toMatchObject(['open', { what: 'broken', by: 'system' }])

  await anns.postpone({ id: promise.id, version, day: '2026-03-13' })
  await watch()
  expect(await newsOf(ann)).toHaveLength(1)
  at('2026-03-13T16:00:00Z')
  await watch()
  expect(await newsOf(ann)).toHaveLength(2)
  expect(await brokenFacts()).toEqual(['2026-03-11', '2026-03-13'])
})

test('the head of their department hears of it before whoever supervises the company, and nobody of customers beyond their reach', async () => {
  const organization = app.as(organizationApi)
  const { id } = await organization.createDepartment({ name: 'Desk', parentId: null, headId: hal.id, deputyIds: [], calendarId: null })
  await organization.createTeam({ departmentId: id, name: 'Front', memberIds: [ann.id] })
  await app.as(commitmentsApi, ann).create({ kind: 'promise', title: 'A letter', dueDay: '2026-03-14', customerId })
  at('2026-03-14T16:00:00Z')
  await watch()
  expect(await newsOf(hal)).toEqual([['commitments.broken-below', 'A letter', 'Ann']])
  expect((await newsOf(sue)).map(([, title]) => title)).not.toContain('A letter')

  await app.transaction(({ db }) =>
    db
      .updateTable('organization.role_permission')
      .set({ scope: 'own' })
      .where('permission', '=', 'commitments.read')
      .where('role', '=', 'agent')
      .execute(),
  )
  await app.as(commitmentsApi, ann).create({ kind: 'promise', title: 'A secret', dueDay: '2026-03-15', customerId })
  at('2026-03-15T16:00:00Z')
  await watch()
  expect((await newsOf(hal)).map(([, title]) => title)).toEqual(['A letter'])
  expect((await newsOf(ann)).map(([, title]) => title)).toContain('A secret')
})
