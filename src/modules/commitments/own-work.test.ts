import { afterAll, beforeAll, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import type { Actor } from '#platform/context.ts'
import { type App, everybody, startApp } from '#test/app.ts'
import { colleague } from '#test/colleague.ts'
import { commitmentsApi } from './api.ts'

// Whoever sees only their own customers sees all of their own work, whatever customer it is about: what they owe, what they asked for, and where they come along. About whom it is stays hidden.

let app: App
let mine: Actor
let other: Actor
let customerId: string
beforeAll(async () => {
  app = await startApp()
  const limited = async (name: string): Promise<Actor> => {
    const person = await colleague(app, name)
    return { ...person, can: (permission) => permission !== 'commitments.manage', reach: () => [person.id] }
  }
  mine = await limited('Ada')
  other = await limited('Ben')
  customerId = (await app.as(customersApi).create({ values: { name: 'Harbour Tea', ownerId: other.id } })).id
})
afterAll(() => app.close())
const as = (actor: Actor) => app.as(commitmentsApi, actor)
const time = { startsAt: new Date('2026-01-02T09:00:00Z'), endsAt: new Date('2026-01-02T10:00:00Z') }

test('what one asked of others, and where one comes along, is seen and changed by whoever sees only their own', async () => {
  const asked = await as(mine).create({ kind: 'promise', title: 'Send samples', dueDay: '2026-01-05', ownerId: other.id })
  const visit = await as(other).create({ kind: 'visit', title: 'Tasting', purpose: 'Taste', customerId, ours: [mine.id], ...time })
  const task = await as(other).create({ kind: 'task', title: 'Call', dueDay: '2026-01-01', customerId, ownerId: mine.id })
  const hidden = await as(other).create({ kind: 'task', title: 'Not hers', dueDay: '2026-01-01', customerId })

  const day = await as(mine).myDay({})
  expect(day.owedToMe.map(({ id }) => id)).toEqual([asked.id])
  expect(day.next.map(({ id }) => id)).toEqual([visit.id])
  expect(day.owed.map(({ id }) => id)).toEqual([task.id])
  expect([...day.next, ...day.owed].map(({ customer }) => customer)).toEqual([null, null])
  const { items } = await as(mine).calendar({ from: '2026-01-01', to: '2026-01-03' })
  expect(items.map(({ id }) => id)).toEqual([task.id, visit.id])

  for (const { id } of [asked, visit, task]) expect(await as(mine).one({ id })).toMatchObject({ id, mayChange: true, customer: null })
  expect(((await as(mine).file({ id: visit.id })) as unknown as { text: string }).text).not.toContain('Harbour')
  await expect(as(mine).one({ id: hidden.id })).rejects.toMatchObject({ status: 404, reason: 'not-found' })
  expect(await as(mine).change({ id: visit.id, version: 1, place: 'Upstairs' })).toMatchObject({ place: 'Upstairs' })
  expect((await as(mine).cancel({ id: asked.id, version: 1 })).state).toBe('cancelled')
})

test('a page of what others owe ends with what one sees, so that its cursor tells nothing of the rest', async () => {
  const day = (dueDay: string, more: object) => as(other).create({ kind: 'task', title: 'Paged', dueDay, ...more })
  for (const dueDay of ['2026-02-01', '2026-02-02', '2026-02-04']) await day(dueDay, { customerId })
  const [first, second] = [await day('2026-02-03', { ours: [mine.id] }), await day('2026-02-05', { ours: [mine.id] })]
  const page = (cursor?: string) => as(mine).list({ owner: other.id, limit: 1, kind: ['task'], ...(cursor ? { cursor } : {}) })
  const one = await page()
  expect(one.items.map(({ id }) => id)).toEqual([first.id])
  expect(JSON.parse(Buffer.from(one.next!, 'base64url').toString())[1]).toBe(first.id)
  expect(await page(one.next!)).toMatchObject({ items: [{ id: second.id }], next: null })
  const noted = async (text: string, actor: Actor) =>
    app.as(commitmentsApi, actor).captureSignal({ text, customerId: actor === mine ? null : customerId })
  await noted('Mine', mine)
  for (const text of ['A', 'B']) await noted(text, other)
  expect(await as(mine).signals({ limit: 1 })).toMatchObject({ items: [{ text: 'Mine' }], next: null })
})

test('the private address shows what the day shows', async () => {
  // The feed stands for the roles somebody has, not for those of this session.
  await app.db.insertInto('organization.role').values({ name: 'narrow', built_in: false }).execute()
  await app.db.insertInto('organization.role_permission').values({ role: 'narrow', permission: 'commitments.read', scope: 'own' }).execute()
  await app.db.insertInto('organization.user_role').values({ user_id: mine.id, role: 'narrow' }).execute()
  await app.as(commitmentsApi, everybody).create({ kind: 'appointment', title: 'Of others', ...time, ownerId: other.id, evenSo: true })
  const { path } = await as(mine).makeFeed({})
  const calendar = await (await app.request(path, {}, null)).text()
  expect(calendar).toContain('Tasting')
  expect(calendar).not.toContain('Of others')
  expect(calendar).not.toContain('Harbour')
})
