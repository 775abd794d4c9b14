import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '#platform/context.ts'
import { mailboxApi } from '#platform/mailbox/api.ts'
import { type App, startApp } from '#test/app.ts'
import { colleague } from '#test/colleague.ts'
import { api } from './api.ts'
import { alarmJobs } from './jobs/alarms.ts'
import { backupKind } from './runs/backups.ts'
import { verifyTrailKind } from './runs/verify-trail.ts'
import { giveRoles, setPermissions } from './store/roles.ts'

let app: App
/** An administrator, and somebody who may do nothing about any of it. */
let ada: string
let bob: string
beforeAll(async () => {
  app = await startApp()
  ada = (await colleague(app, 'Ada')).id
  bob = (await colleague(app, 'Bob')).id
  await app.transaction(async ({ db }) => {
    await giveRoles(db, ada, ['administrator'])
    await giveRoles(db, bob, ['agent'])
  })
})
afterAll(() => app.close())

const as = (id: string): Actor => ({ kind: 'person', id, name: '', roles: [], can: () => true, reach: () => 'all' })
/** What stands in an inbox, newest first, and is read then. */
async function inboxOf(id: string) {
  const { items } = await app.as(api, as(id)).notifications({ unread: true })
  await app.as(api, as(id)).readNotifications({ ids: null })
  return items.map(({ kind, values }) => [kind, values])
}
const carryOut = (name: string, payload: object) =>
  app.transaction((context) => alarmJobs.find((one) => one.name === `organization.${name}`)!.run(context, payload as never))

async function ended(kind: string, state: 'done' | 'failed', more: { requestedBy?: string; problem?: string; result?: object } = {}) {
  const { requestedBy = 'system', problem = null, result = null } = more
  const id = crypto.randomUUID()
  // Of two that end at the same moment nobody could say which is the newer.
  app.now = new Date(app.now.getTime() + 1000)
  await app.db
    .insertInto('platform.run')
    .values({
      ...{ id, kind, run_group: kind, state, input: '{}', requested_by: requestedBy, requested_at: app.now, problem },
      result: result === null ? null : JSON.stringify(result),
    })
    .execute()
  for (const name of ['tell-house-work-failed', 'tell-trail-broken']) await carryOut(name, { runId: id, state })
}

test('work that nobody asked for and that fails is told to whoever might have asked for it', async () => {
  await ended(backupKind, 'failed', { problem: 'The disk is full' })
  await ended('value.revalue', 'failed', { problem: 'No orders' })
  expect(await inboxOf(ada)).toEqual([
    ['organization.house-work-failed', { problem: 'No orders' }],
    ['organization.backup-failed', { problem: 'The disk is full' }],
  ])
  expect(await inboxOf(bob)).toEqual([])
  await ended(backupKind, 'done')
  await ended(backupKind, 'failed', { requestedBy: bob, problem: 'Told to who asked' })
  expect(await inboxOf(ada)).toEqual([])
})

test('a backup that fails again on the same day is told once, the next day again', async () => {
  app.now = new Date(app.now.getTime() + 3 * 86_400_000)
  for (const problem of ['First', 'Second', 'Third']) await ended(backupKind, 'failed', { problem })
  app.now = new Date(app.now.getTime() + 86_400_000)
  await ended(backupKind, 'failed', { problem: 'Next day' })
  expect(await inboxOf(ada)).toEqual([
    ['organization.backup-failed', { problem: 'Next day' }],
    ['organization.backup-failed', { problem: 'First' }],
  ])
})

test('what concerns the whole house is not told to whoever reaches only a part of it', async () => {
  const kind = (await app.transaction(async (context) => context.house.modules.flatMap(({ runs }) => runs ?? []))).find(
    ({ kind }) => kind === 'value.revalue',
  )!
  await app.transaction(({ db }) => setPermissions(db, 'agent', new Map([[kind.permission, 'team']])))
  await ended(kind.kind, 'failed', { problem: 'No orders' })
  expect([await inboxOf(bob), (await inboxOf(ada)).length]).toEqual([[], 1])
  await app.transaction(({ db }) => setPermissions(db, 'agent', new Map([[kind.permission, 'all']])))
  await ended(kind.kind, 'failed', { problem: 'No orders' })
  expect([(await inboxOf(bob)).length, (await inboxOf(ada)).length]).toEqual([1, 1])
  await app.transaction(({ db }) => setPermissions(db, 'agent', new Map()))
})

test('a trail that is broken is an alarm, a whole one is none; it is checked every week', async () => {
  await ended(verifyTrailKind, 'done', { result: { broken: null } })
  expect(await inboxOf(ada)).toEqual([])
  await ended(verifyTrailKind, 'done', { requestedBy: ada, result: { broken: { block: 7 } } })
  expect(await inboxOf(ada)).toEqual([['organization.trail-broken', { block: 7 }]])
  await carryOut('verify-trail', {})
  await carryOut('verify-trail', {})
  const asked = await app.db
    .selectFrom('platform.run')
    .select('id')
    .where('kind', '=', verifyTrailKind)
    .where('state', '=', 'waiting')
    .execute()
  expect(asked).toHaveLength(1)
})

test('a webhook that switched itself off is told, one that a person switched off is not', async () => {
  const webhookId = crypto.randomUUID()
  await carryOut('tell-webhook-off', { webhookId, because: 'person' })
  expect(await inboxOf(ada)).toEqual([])
  await carryOut('tell-webhook-off', { webhookId, because: 'failing' })
  expect(await inboxOf(ada)).toEqual([['organization.webhook-off', {}]])
  expect(await inboxOf(bob)).toEqual([])
})

test.each(['password-replaced', 'second-factor-reset', 'recovery-code-used'])('whose account it is hears of %s', async (what) => {
  await carryOut(`tell-${what}`, { userId: bob })
  expect(await inboxOf(bob)).toEqual([[`organization.${what}`, {}]])
  expect(await inboxOf(ada)).toEqual([])
})

test('a mailbox that cannot be read, and a mail that nothing could handle, are told to whoever sets up mailboxes', async () => {
  const values = {
    ...{
      name: 'Care',
      address: 'care@example.com',
      host: 'imap.example.com',
      port: 993,
      security: 'tls' as const,
      username: 'care',
      secret: 'x',
    },
    ...{
      ownNetwork: false,
      folder: 'INBOX',
      afterTaking: 'seen' as const,
      moveTo: null,
      fromStart: false,
      fromName: '',
      plusAddresses: false,
    },
    ...{ signatures: { en: '', 'zh-CN': '', 'zh-TW': '' }, authServer: null, limitMegabytes: 25, hourlyLimit: 600, keptDays: 90 },
  }
  const { id: mailboxId } = await app.as(mailboxApi).add(values)
  app.now = new Date(app.now.getTime() + 1000)
  await carryOut('tell-mailbox-failing', { mailboxId, problem: 'wrong-password' })
  app.now = new Date(app.now.getTime() + 1000)
  await carryOut('tell-mail-given-up', { mailboxId, mailId: mailboxId })
  expect(await inboxOf(ada)).toEqual([
    ['organization.mail-given-up', { mailbox: 'Care' }],
    ['organization.mailbox-failing', { mailbox: 'Care' }],
  ])
  expect(await inboxOf(bob)).toEqual([])
})
