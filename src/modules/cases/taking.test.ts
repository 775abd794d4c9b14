import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import { writeSetting } from '#modules/organization/public.ts'
import type { Actor } from '#platform/context.ts'
import { type App, startApp } from '#test/app.ts'
import { colleague } from '#test/complaints.ts'
import { emptyRecord, openCase } from './actions/opening.ts'
import { casesApi } from './api.ts'
import { giveOut } from './jobs/assignment.ts'
import { assignmentSetting } from './settings.ts'

// However much waits that is not for them, everybody gets what is.

let app: App
let customerId: string
let ada: Actor
let bea: Actor
let full: string
let free: string
let version = 0
beforeAll(async () => {
  app = await startApp({ now: new Date('2026-03-09T10:00:00Z') })
  ada = await colleague(app, 'Ada')
  bea = await colleague(app, 'Bea')
  const department = async (name: string, headId: string | null) =>
    (await app.as(organizationApi).createDepartment({ name, parentId: null, headId, deputyIds: [], calendarId: null })).id
  full = await department('Full', null)
  free = await department('Free', bea.id)
  customerId = (await app.as(customersApi).create({ values: { name: 'Harbour Tea' } })).id
})
afterAll(() => app.close())

const as = (actor: Actor) => app.as(casesApi, actor)
const rules = (more: Partial<typeof assignmentSetting.initial>) =>
  app.transaction((context) => writeSetting(context, assignmentSetting, { ...assignmentSetting.initial, ...more }, version++))
const request = async (more: object = {}) =>
  app.as(casesApi).open({ kind: 'request', customerId, subject: 'Call', description: 'x', channel: 'web', ownerId: null, ...more })
/** Cases of a department that nobody has, as they lie in the database. */
const waiting = (departmentId: string, count: number, rankAt: string) =>
  app.transaction(({ db }) =>
    db
      .insertInto('cases.case')
      .values(
        Array.from({ length: count }, (_, i) => ({
          ...{
            customer_id: customerId,
            id: crypto.randomUUID(),
            number: `old ${i}`,
            kind: 'request',
            process_key: 'request',
            process_version: 1,
          },
          ...{ step: 'handle', state: 'open', subject: 'Old', channel: 'phone', department_id: departmentId, opened_by: 'x', version: 1 },
          ...{ received_at: new Date(rankAt), opened_at: new Date(rankAt), rank_at: new Date(rankAt) },
        })),
      )
      .execute(),
  )

describe('cases that wait', () => {
  test('do not starve behind those that nobody can take', async () => {
    await waiting(full, 620, '2026-01-01T00:00:00Z')
    const made = await request()
    await app.db.updateTable('cases.case').set({ department_id: free }).where('id', '=', made.id).execute()
    await rules({ automatic: true })
    await app.transaction(giveOut)
    expect((await as(ada).one({ caseId: made.id })).ownerId).toBe(bea.id)
  })

  test('are taken by whoever reaches them, however many stand before them', async () => {
    await rules({ automatic: false })
    const other = await request()
    await app.db.updateTable('cases.case').set({ department_id: free }).where('id', '=', other.id).execute()
    const own: Actor = { ...bea, reach: () => [bea.id] }
    expect((await as(own).takeNext({ queue: 'nobody' })).case?.id).toBe(other.id)
    expect((await as(own).takeNext({ queue: 'nobody' })).case).toBeNull()
  })

  test('are not taken beyond the limit by two windows at once', async () => {
    await app.db.deleteFrom('cases.case').where('number', 'like', 'old %').execute()
    for (let i = 0; i < 4; i++) await request()
    await rules({ capacityPerAgent: 1 })
    const tries = await Promise.allSettled(Array.from({ length: 4 }, () => as(ada).takeNext({ queue: 'nobody' })))
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await as(ada).list({ queue: 'mine' })).items).toHaveLength(1)
    await rules({})
  })
})

test('those who take turns are known also by what they have finished since', async () => {
  const department = await app
    .as(organizationApi)
    .createDepartment({ name: 'Turns', parentId: null, headId: ada.id, deputyIds: [bea.id], calendarId: null })
  await app.db.updateTable('cases.case').set({ owner_id: null, state: 'withdrawn', assigned_at: null }).execute()
  await rules({ automatic: true, departmentId: department.id })
  const given = async () => {
    app.now = new Date(app.now.getTime() + 60_000)
    const { id } = await request()
    await app.transaction(giveOut)
    const one = await as(ada).one({ caseId: id })
    await as(ada).answer({ caseId: id, version: one.version, text: 'Done', channel: 'phone' })
    return one.ownerId
  }
  const first = await given()
  const second = await given()
  expect(new Set([first, second])).toEqual(new Set([ada.id, bea.id]))
  expect([await given(), await given()]).toEqual([first, second])
})

describe('a new case', () => {
  const desk = { kind: 'enquiry' as const, subject: 'Hours', description: 'When are you open?', channel: 'phone' as const }
  const more = { interim: null, promise: null, techniques: [], guide: [] }
  test('is given at the desk only to whoever works here and is not its subject', async () => {
    const recorded = (ownerId: string, given: object = {}) => as(ada).deskCase({ ...desk, ...more, customerId, ownerId, ...given } as never)
    await expect(recorded(crypto.randomUUID())).rejects.toMatchObject({ status: 422, reason: 'nobody-here' })
    const target = { kind: 'person', name: null, userId: bea.id, departmentId: null }
    await expect(recorded(bea.id, { target })).rejects.toMatchObject({ status: 422, reason: 'about-oneself' })
    const { id } = await recorded(bea.id)
    expect((await as(ada).one({ caseId: id })).ownerId).toBe(bea.id)
  })

  test('of an id that is there already is that case', async () => {
    const id = crypto.randomUUID()
    const opening = { customerId, kind: 'enquiry' as const, record: { ...emptyRecord(app.now), ...desk }, ownerId: null, id }
    const open = () => app.transaction((context) => openCase(context, opening))
    const [one, two] = await Promise.all([open(), open()])
    expect([one.row.id, two.row.id, (await open()).row.id]).toEqual([id, id, id])
    expect(one.state.number).toBe(two.state.number)
    expect((await as(ada).log({ caseId: id })).events).toHaveLength(1)
  })
})
