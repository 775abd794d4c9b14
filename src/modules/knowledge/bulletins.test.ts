import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { notificationEndpoints } from '#modules/organization/api/notifications.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import type { Actor } from '#platform/context.ts'
import { type App, startApp } from '#test/app.ts'
import { colleague } from '#test/colleague.ts'
import { knowledgeApi } from './api.ts'
import { jobs } from './jobs.ts'
import { bulletinsOf, publishBulletin } from './public.ts'

let app: App
let writer: Actor
let reader: Actor
let gone: Actor
beforeAll(async () => {
  app = await startApp()
  writer = await colleague(app, 'Writer')
  reader = await colleague(app, 'Reader')
  gone = await colleague(app, 'Gone')
  await app.as(organizationApi).changeUserAccess({ userId: gone.id, enabled: false })
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

const knowledge = (actor: Actor = writer) => app.as(knowledgeApi, actor)
const texts = (en: string, simplified = '', traditional = '') => ({ en, 'zh-CN': simplified, 'zh-TW': traditional })
const notice = (title: string, body = '') => ({ kind: 'notice' as const, title: texts(title), body: texts(body), tags: [] })
const later = () => {
  app.now = new Date(app.now.getTime() + 1000)
}

describe('bulletins (G-30)', () => {
  test('everybody else is told and has it to read until they say that they have', async () => {
    const { id, readAt } = await knowledge().publishBulletin(notice('The road is closed'))
    expect(readAt).toEqual(app.now)
    const told = async (actor: Actor) =>
      (await app.as(notificationEndpoints, actor).notifications({})).items.map(({ kind, link }) => `${kind} ${link}`)
    await work()
    expect(await told(reader)).toEqual([`knowledge.bulletin-notice /bulletins/${id}`])
    expect(await told(writer)).toEqual([])
    expect((await knowledge(reader).toRead({})).bulletins.map((one) => one.id)).toEqual([id])
    expect((await knowledge(writer).toRead({})).bulletins).toEqual([])
    expect((await knowledge().bulletinReaders({ bulletinId: id, done: false })).items.map(({ userId }) => userId)).toEqual([reader.id])
    await knowledge(reader).readBulletin({ bulletinId: id })
    const first = (await knowledge(reader).bulletin({ bulletinId: id })).readAt
    later()
    await knowledge(reader).readBulletin({ bulletinId: id })
    expect((await knowledge(reader).bulletin({ bulletinId: id })).readAt).toEqual(first)
    expect((await knowledge(reader).toRead({})).bulletins).toEqual([])
    expect(await knowledge().bulletinReaders({ bulletinId: id, done: true })).toMatchObject({ doneCount: 2, of: 2 })
  })

  test('what leads to a person is refused where it stands', async () => {
    for (const body of ['Write to li.wei@example.com', '请打 138 1234 5678', 'Call +44 20 7946 0958'])
      await expect(knowledge().publishBulletin(notice('x', body))).rejects.toMatchObject({
        status: 422,
        reason: 'leads-to-somebody',
        fields: [{ field: 'body' }],
      })
    await expect(
      knowledge().publishBulletin(notice('x', 'On 2026-03-11 we sent 12,000 cups in 24 boxes of order 2026-0001234')),
    ).resolves.toBeTruthy()
  })

  test('another module publishes in its own transaction, once, in the company’s language or several', async () => {
    const origin = { module: 'cases', id: 'case 7' }
    const id = '0198c0de-0030-7000-8000-00000000bbbb'
    const bulletin = { id, kind: 'lesson' as const, title: 'Wet boxes', body: { 'zh-CN': '箱子湿了' }, origin, tags: ['freight'] }
    later()
    const isNew = await app.transaction(async (context) => [
      await publishBulletin(context, bulletin),
      await publishBulletin(context, bulletin),
    ])
    expect(isNew).toEqual([true, false])
    expect(await knowledge(reader).bulletin({ bulletinId: id })).toMatchObject({
      title: texts('Wet boxes'),
      body: texts('', '箱子湿了'),
      origin,
    })
    expect(await app.transaction(({ db }) => bulletinsOf(db, origin))).toMatchObject([{ id, kind: 'lesson', withdrawnAt: null }])
    expect((await knowledge(reader).bulletins({ kind: 'lesson', tag: 'freight' })).items.map((one) => one.id)).toEqual([id])
    await expect(
      app.transaction((context) => publishBulletin(context, { ...bulletin, id: crypto.randomUUID(), body: 'li@example.com' })),
    ).rejects.toMatchObject({ reason: 'leads-to-somebody' })
  })

  test('withdrawn, it is neither listed nor to be read; who has seen an older state is told', async () => {
    later()
    const { id, version } = await knowledge().publishBulletin(notice('A mistake'))
    await knowledge().withdrawBulletin({ bulletinId: id, version })
    await expect(knowledge().withdrawBulletin({ bulletinId: id, version })).rejects.toMatchObject({ reason: 'changed-meanwhile' })
    expect((await knowledge(reader).bulletins({})).items.map((one) => one.id)).not.toContain(id)
    expect((await knowledge(reader).toRead({})).bulletins.map((one) => one.id)).not.toContain(id)
    expect((await knowledge(reader).bulletin({ bulletinId: id })).withdrawnAt).not.toBeNull()
  })

  test('whoever comes later has nothing of the past to read, and pages lead through all', async () => {
    app.now = new Date('2027-01-01T00:00:00Z')
    const fresh = await colleague(app, 'Fresh')
    expect((await knowledge(fresh).toRead({})).bulletins).toEqual([])
    const made: string[] = []
    for (let i = 0; i < 6; i++) {
      later()
      made.unshift((await knowledge().publishBulletin(notice(`News ${i}`))).id)
    }
    expect(await knowledge(fresh).toRead({})).toMatchObject({ moreBulletins: true, bulletins: made.slice(0, 5).map((id) => ({ id })) })
    const first = await knowledge(fresh).bulletins({ unread: true, limit: 4 })
    const second = await knowledge(fresh).bulletins({ unread: true, limit: 4, cursor: first.next! })
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(made)
    expect(second.next).toBeNull()
  })
})
