import { afterAll, beforeAll, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import { createUser, writeSetting } from '#modules/organization/public.ts'
import type { Actor } from '#platform/context.ts'
import { type App, everybody, startApp } from '#test/app.ts'
import { casesApi } from './api.ts'
import { giveOut } from './jobs/assignment.ts'
import { assignmentSetting } from './settings.ts'

let app: App
let customerId: string
let agents: Actor[]
let departmentId: string
beforeAll(async () => {
  app = await startApp({ now: new Date('2026-03-09T10:00:00Z') })
  const ids = await app.transaction(async (context) => {
    const made: string[] = []
    for (let i = 0; i < 20; i++)
      made.push((await createUser(context, { name: `Agent ${i}`, email: `agent${i}@example.com`, roles: ['agent'] })).user.id)
    return made
  })
  agents = ids.map((id, i) => ({ kind: 'person', id, name: `Agent ${i}`, roles: [], can: (p) => p !== 'cases.manage', reach: () => 'all' }))
  customerId = (await app.as(customersApi).create({ values: { name: 'Harbour Tea' } })).id
  const { id } = await app
    .as(organizationApi)
    .createDepartment({ name: 'Service', parentId: null, headId: ids[0]!, deputyIds: [ids[1]!], calendarId: null })
  departmentId = id
})
afterAll(() => app.close())

const as = (actor: Actor) => app.as(casesApi, actor)
const request = async (more: object = {}) =>
  app.as(casesApi).open({ kind: 'request', customerId, subject: 'Call', description: 'x', channel: 'web', ownerId: null, ...more })

test('twenty who race on one queue never take the same case twice, and none is left', async () => {
  const made = await Promise.all(Array.from({ length: 30 }, () => request()))
  const taken: string[] = []
  const work = async (agent: Actor) => {
    for (;;) {
      const { case: next } = await as(agent).takeNext({ queue: 'nobody' })
      if (next === null) return
      taken.push(next.id)
    }
  }
  await Promise.all(agents.map(work))
  // Whoever asked while others held the last ones was told that there is none.
  await work(agents[0]!)
  expect(taken.toSorted()).toEqual(made.map(({ id }) => id).toSorted())
  expect(new Set(taken).size).toBe(30)
})

test('dangers come first, then what is due first less the head starts; a case says why it stands where it does', async () => {
  const [slight, grave, severe] = [await request({ severity: 4 }), await request({ severity: 1 }), await request({ severity: 2 })]
  const { items } = await as(agents[0]!).list({ queue: 'nobody' })
  expect(items.map(({ id }) => id)).toEqual([grave.id, severe.id, slight.id])
  expect(await as(agents[0]!).place({ caseId: slight.id })).toMatchObject({
    ahead: 2,
    immediate: null,
    severity: { severity: 4, headStartMinutes: 0 },
  })
  const { case: first } = await as(agents[2]!).takeNext({ queue: 'nobody' })
  expect(first?.id).toBe(grave.id)
  for (const { id } of [severe, slight]) await as(agents[2]!).withdraw({ caseId: id, version: 1, reason: 'x' })
})

test('nobody is given a complaint about themselves by taking the next', async () => {
  const about = await request({
    kind: 'complaint',
    category: 'service',
    reason: 'manner',
    target: { kind: 'person', name: null, userId: agents[3]!.id, departmentId: null },
    demand: { kind: 'apology', text: null, amountMinor: null },
  })
  expect((await as(agents[3]!).takeNext({ queue: 'nobody' })).case).toBeNull()
  expect((await as(agents[4]!).takeNext({ queue: 'nobody' })).case?.id).toBe(about.id)
})

test('with five open and a limit of five the sixth waits, says how many are before it, and is given out when there is room', async () => {
  const limit = (capacityPerAgent: number, version: number) =>
    app.transaction((context) =>
      writeSetting(context, assignmentSetting, { ...assignmentSetting.initial, automatic: true, departmentId, capacityPerAgent }, version),
    )
  await limit(5, 0)
  const two = agents.slice(0, 2)
  const before = (await Promise.all(two.map(({ id }) => app.as(casesApi, { ...everybody, id }).list({ queue: 'mine', limit: 200 })))).map(
    ({ items }) => items.length,
  )
  const room = before.reduce((sum, open) => sum + Math.max(0, 5 - open), 0)
  const made: { readonly id: string }[] = []
  for (let i = 0; i <= room; i++) made.push(await request())
  await app.transaction(giveOut)
  const waiting = (await as(agents[5]!).list({ queue: 'nobody' })).items
  expect(waiting.map(({ id }) => made.some((one) => one.id === id))).toEqual([true])
  expect((await as(agents[5]!).place({ caseId: waiting[0]!.id })).ahead).toBe(0)
  await limit(50, 1)
  await app.transaction(giveOut)
  expect((await as(agents[5]!).list({ queue: 'nobody' })).items).toEqual([])
  expect((await as(agents[5]!).one({ caseId: waiting[0]!.id })).ownerId).toBeOneOf(two.map(({ id }) => id))
})

test('who has as many as they may does not take another', async () => {
  await app.transaction((context) => writeSetting(context, assignmentSetting, { ...assignmentSetting.initial, capacityPerAgent: 1 }, 2))
  await request()
  await request()
  const agent = agents[19]!
  for (const one of (await as(agent).list({ queue: 'mine', limit: 200 })).items)
    await as(agent).withdraw({ caseId: one.id, version: one.version, reason: 'x' })
  expect((await as(agent).takeNext({ queue: 'nobody' })).case).not.toBeNull()
  await expect(as(agent).takeNext({ queue: 'nobody' })).rejects.toMatchObject({ status: 409, reason: 'at-capacity' })
})
