import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor, Context } from '#platform/context.ts'
import { type App, startApp } from '#test/app.ts'
import { colleague } from '#test/colleague.ts'
import { startMailServer } from '#test/mail-server.ts'
import { api } from './api.ts'
import { jobs } from './jobs.ts'
import { notify } from './public.ts'

let app: App
let server: Awaited<ReturnType<typeof startMailServer>>
let ann: string
let bob: string
beforeAll(async () => {
  server = await startMailServer()
  app = await startApp({ now: new Date('2026-05-04T10:00:00Z') })
  ann = (await colleague(app, 'Ann')).id
  bob = (await colleague(app, 'Bob')).id
})
afterAll(async () => {
  await app.close()
  await server.close()
})

const as = (id: string): Actor => ({ kind: 'person', id, name: '', roles: [], can: () => true, reach: () => 'all' })
const withMail = (context: Context): Context => ({
  ...context,
  house: { ...context.house, mail: server.settings, address: 'http://patron.test' },
})
const tell = (to: string[], file = 'shop.csv', actor?: string) =>
  app.transaction((context) =>
    notify(withMail(actor ? context.actingAs(as(actor)) : context), {
      to,
      kind: 'organization.import-ended',
      values: { file, rows: 10, rejected: 2 },
      link: '/import/history',
    }),
  )
/** What the worker does every five minutes, and what its facts wake. */
async function mailPass(): Promise<void> {
  const job = (name: string) => jobs.find((one) => one.name === `organization.${name}`)!
  const due: unknown[] = []
  const wake: Context['wake'] = async (_, payload) => void due.push(payload)
  await app.transaction((context) => job('find-mail-due').run({ ...withMail(context), wake }, {} as never))
  for (const payload of due) await app.transaction((context) => job('mail-notifications').run(withMail(context), payload as never))
}

describe('the inbox', () => {
  test('news stand there for those whom they concern, not for who acts, and are read one by one or all', async () => {
    await tell([ann, bob, ann, 'operator'], 'first.csv', bob)
    app.now = new Date('2026-05-04T10:00:01Z')
    await tell([ann], 'second.csv')
    const inbox = app.as(api, as(ann))
    expect((await app.as(api, as(bob)).notifications({})).items).toEqual([])
    const { items } = await inbox.notifications({})
    expect(items.map(({ values }) => values.file)).toEqual(['second.csv', 'first.csv'])
    expect(await inbox.unreadNotifications({})).toEqual({ count: 2 })
    await inbox.readNotifications({ ids: [items[1]!.id] })
    expect((await inbox.notifications({ unread: true })).items.map(({ id }) => id)).toEqual([items[0]!.id])
    await app.as(api, as(bob)).readNotifications({ ids: [items[0]!.id] })
    expect(await inbox.unreadNotifications({})).toEqual({ count: 1 })
    await inbox.readNotifications({ ids: null })
    expect(await inbox.unreadNotifications({})).toEqual({ count: 0 })
  })
  test('whoever connects a sign-in provider with their account hears of it, in case it was somebody else; who came into being by it does not', async () => {
    const told = jobs.find(({ name }) => name === 'organization.tell-identity-linked')!
    const cid = (await colleague(app, 'Cid')).id
    const inbox = () => app.as(api, as(cid)).notifications({})
    const linked = { userId: cid, issuer: 'https://id.example.com', isNew: true }
    await app.transaction((context) => told.run(context, linked as never))
    expect((await inbox()).items).toEqual([])
    await app.transaction((context) => told.run(context, { ...linked, isNew: false } as never))
    expect((await inbox()).items).toMatchObject([
      { kind: 'organization.identity-linked', values: { issuer: 'https://id.example.com' }, link: '/profile' },
    ])
  })

  test('a kind that no module names is a mistake of ours', async () => {
    await expect(
      app.transaction((context) => notify(context, { to: [ann], kind: 'organization.unheard-of', values: {}, link: null })),
    ).rejects.toThrow(/names/)
  })
})

describe('mails', () => {
  test('what comes at once comes in one mail, in the language of the reader; what was read before does not come', async () => {
    server.mails.length = 0
    await app.as(api, as(bob)).changeMyself({ language: 'zh-CN' })
    for (const file of ['一.csv', 'b.csv']) await tell([bob], file)
    await tell([ann], 'read.csv')
    await app.as(api, as(ann)).readNotifications({ ids: null })
    await mailPass()
    expect(server.mails).toHaveLength(1)
    const text = server.textOf(0)
    expect(text).toContain('“一.csv”导入完成')
    expect(text).toContain('“b.csv”导入完成')
    expect(text).toContain('http://patron.test/import/history')
    expect(text).not.toContain('{{')
    await mailPass()
    expect(server.mails).toHaveLength(1)
  })
  test('as somebody chose: not at all, with the digest, and not in quiet hours', async () => {
    server.mails.length = 0
    const choose = (mail: 'none' | 'now' | 'digest', quiet: { from: number; to: number } | null = null) =>
      app.as(api, as(ann)).chooseNotifications({ mail: { 'organization.import-ended': mail, 'no.such': 'now' }, quiet, digestAt: 18 * 60 })
    await choose('none')
    await tell([ann])
    await mailPass()
    await choose('now', { from: 9 * 60, to: 11 * 60 })
    await tell([ann], 'quiet.csv')
    await choose('digest')
    await tell([ann], 'digest.csv')
    await mailPass()
    expect(server.mails).toHaveLength(0)
    app.now = new Date('2026-05-04T11:00:00Z')
    await mailPass()
    expect(server.mails).toHaveLength(1)
    expect(server.textOf(0)).toContain('quiet.csv')
    expect(server.textOf(0)).not.toContain('digest.csv')
    app.now = new Date('2026-05-04T18:00:00Z')
    await mailPass()
    expect(server.mails).toHaveLength(2)
    expect(server.textOf(1)).toContain('digest.csv')
    expect((await app.as(api, as(ann)).notificationChoices({})).choices).toMatchObject({
      mail: { 'organization.import-ended': 'digest' },
      quiet: null,
    })
  })
  test('a mail that cannot be sent stays due', async () => {
    server.mails.length = 0
    await app.as(api, as(bob)).chooseNotifications({ mail: {}, quiet: null, digestAt: 0 })
    await tell([bob], 'lost.csv')
    server.refuseNext()
    await expect(mailPass()).rejects.toThrow()
    await mailPass()
    expect(server.mails).toHaveLength(1)
  })
})
