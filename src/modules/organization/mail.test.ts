import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Command, CommandShell } from '#platform/command.ts'
import { operator } from '#platform/context.ts'
import { passwordLinkRequested } from '#platform/sign-in/facts.ts'
import { forgetOldAttempts } from '#platform/sign-in/throttle.ts'
import { administrator, type DoorApp, startDoor } from '#test/door.ts'
import { startMailServer } from '#test/mail-server.ts'
import { commands } from './commands.ts'
import { sessionsEnded } from './facts.ts'
import { jobs } from './jobs.ts'

let server: Awaited<ReturnType<typeof startMailServer>>
let mails: string[]
let app: DoorApp
beforeAll(async () => {
  server = await startMailServer()
  mails = server.mails
  const { smtpUrl, from } = server.settings
  app = await startDoor({ SMTP_URL: smtpUrl, MAIL_FROM: from, PUBLIC_URL: 'http://patron.test' })
  await app.firstAdministrator()
})
afterAll(async () => {
  await app.close()
  await server.close()
})

/** Carries out the jobs that the facts since the last call would wake, as far as they write mails. */
let seen = 0
async function work(): Promise<number> {
  const facts = await app.database.db.selectFrom('platform.fact').selectAll().where('id', '>', seen).orderBy('id').execute()
  let done = 0
  for (const fact of facts)
    for (const job of jobs.filter((one) => one.on?.name === fact.name && one.name.startsWith('organization.send-'))) {
      await app.transaction((context) => job.run(context, fact.payload))
      done++
    }
  seen = facts.at(-1)?.id ?? seen
  return done
}
const linkIn = (mail: string) => /token=([\w-]{43})/.exec(mail.replaceAll('=\n', '').replaceAll('=3D', '='))?.[1] ?? ''
const reset = (token: string, newPassword: string) => app.call('POST', '/api/auth/reset-password', { token, newPassword })

test('a forgotten password: a link by mail, once, for an hour; every session ends', async () => {
  const { cookie } = await app.signIn(administrator.email, administrator.password)
  expect((await app.call('POST', '/api/auth/request-password-reset', { email: ' ADA@example.com' })).body).toEqual({})
  expect(await work()).toBe(1)
  expect(mails).toHaveLength(1)
  expect(mails[0]).toMatch(/^To: ada@example\.com$/m)
  expect(mails[0]).toContain('http://patron.test/reset-password')
  const token = linkIn(mails[0]!)
  // What opens the door stands in the mail alone.
  for (const table of ['platform.verification', 'platform.fact'] as const)
    expect(JSON.stringify(await app.database.db.selectFrom(table).selectAll().execute())).not.toContain(token)
  expect(await reset(token, 'short')).toMatchObject({ status: 422, body: { reason: 'password-too-short' } })
  const answers = await Promise.all([reset(token, 'eleven blue whales sing'), reset(token, 'twelve blue whales sing')])
  expect(answers.map((a) => a.status).toSorted()).toEqual([200, 422])
  expect(answers.find((a) => a.status === 422)!.body).toMatchObject({ reason: 'link-used-or-expired' })
  app.forward(5000)
  expect((await app.call('GET', '/api/v1/organization/session', null, { cookie })).body).toMatchObject({ user: null })
  expect((await app.signIn(administrator.email, administrator.password)).status).toBe(401)
  administrator.password = answers[0]!.status === 200 ? 'eleven blue whales sing' : 'twelve blue whales sing'
  expect((await app.signIn(administrator.email, administrator.password)).status).toBe(200)
})

test('whether somebody exists does not show, neither in the answer nor in its time', async () => {
  const timed = async (email: string) => {
    const start = performance.now()
    const { status, body } = await app.call('POST', '/api/auth/request-password-reset', { email })
    return { status, body, took: performance.now() - start }
  }
  const [known, unknown] = [await timed(administrator.email), await timed('nobody@example.com')]
  expect({ ...unknown, took: 0 }).toEqual({ ...known, took: 0 })
  expect(Math.min(known.took, unknown.took)).toBeGreaterThan(240)
  const facts = await app.database.db
    .selectFrom('platform.fact')
    .select('id')
    .where('name', '=', passwordLinkRequested.name)
    .where('id', '>', seen)
    .execute()
  expect(facts).toHaveLength(1)
  await work()
})

test('whoever is sent a link by an administrator is out at once, and that is a fact', async () => {
  const { cookie } = await app.signIn(administrator.email, administrator.password)
  const { id, cookie: theirs } = await app.colleague('linked@example.com', ['agent'])
  expect((await app.call('POST', `/api/v1/organization/users/${id}/password`, { by: 'mail' }, { cookie })).status).toBe(200)
  expect(await work()).toBe(1)
  app.forward(5000)
  expect((await app.call('GET', '/api/v1/organization/session', null, { cookie: theirs })).body).toMatchObject({ user: null })
  const ended = await app.database.db.selectFrom('platform.fact').select('payload').where('name', '=', sessionsEnded.name).execute()
  expect(ended).toEqual([{ payload: { userId: id, count: 1 } }])
})

test('links are not sent without end', async () => {
  await forgetOldAttempts(app.database.db, new Date('2100-01-01'))
  const ask = () => app.call('POST', '/api/auth/request-password-reset', { email: administrator.email })
  const statuses = []
  for (let i = 0; i < 4; i++) statuses.push((await ask()).status)
  expect(statuses).toEqual([200, 200, 200, 429])
  seen = (await app.database.db.selectFrom('platform.fact').select('id').orderBy('id', 'desc').executeTakeFirstOrThrow()).id
})

describe('invitations', () => {
  const url = '/api/v1/organization/invitations'
  const admin = async () => (await app.signIn(administrator.email, administrator.password)).cookie
  const invite = async (email: string, roles = ['agent']) => app.call('POST', url, { email, roles }, { cookie: await admin() })
  const accept = (token: string, more: object = {}) =>
    app.call('POST', `${url}/acceptance`, { token, name: 'Grace & <b>Co', password: 'nine purple herons dance', ...more })
  const secretIn = (mail: string) => /invitation#([\w-]{43})/.exec(mail.replaceAll('=\n', '').replaceAll('=3D', '='))?.[1] ?? ''

  test('by mail: the secret stands there alone, opens once, and makes a user with name, password and roles', async () => {
    mails.length = 0
    const invited = await invite(' Grace@Example.com')
    expect(invited.body).toMatchObject({ link: null, invitation: { email: 'grace@example.com', roles: ['agent'], expired: false } })
    expect(await work()).toBe(1)
    expect(mails[0]).toMatch(/^To: grace@example\.com$/m)
    const token = secretIn(mails[0]!)
    expect(token).not.toBe('')
    const rows = await app.database.db.selectFrom('organization.invitation').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(token)
    expect(rows[0]).toMatchObject({ sent_at: expect.any(Date) })
    expect((await app.call('POST', `${url}/opening`, { token })).body).toEqual({ email: 'grace@example.com', organization: 'Otter & Co' })
    expect((await app.signIn('grace@example.com', 'nine purple herons dance')).status).toBe(401)
    // A password that is too easy uses nothing up.
    expect(await accept(token, { password: 'grace@example.com' })).toMatchObject({ status: 422, body: { reason: 'password-too-simple' } })
    const answers = await Promise.all([accept(token), accept(token)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 422])
    expect(answers.find(({ status }) => status === 422)!.body).toMatchObject({ reason: 'invitation-used-or-expired' })
    const { cookie } = await app.signIn('grace@example.com', 'nine purple herons dance')
    expect((await app.call('GET', '/api/v1/organization/session', null, { cookie })).body).toMatchObject({
      user: { name: 'Grace & <b>Co', roles: ['agent'], initialPassword: false },
    })
    expect((await app.call('POST', `${url}/opening`, { token })).status).toBe(422)
  })

  test('an address that somebody has, or that is invited already, is not invited again; roles must exist', async () => {
    expect(await invite('GRACE@example.com')).toMatchObject({ status: 409, body: { reason: 'email-taken', fields: [{ field: 'email' }] } })
    expect((await invite('twice@example.com')).status).toBe(200)
    expect(await invite('Twice@example.com')).toMatchObject({ status: 409, body: { reason: 'already-invited' } })
    expect(await invite('eve@example.com', ['emperor'])).toMatchObject({ status: 422, body: { reason: 'no-such-role' } })
  })

  test('a new link ends the old one; taken back or too old, it opens nothing', async () => {
    mails.length = 0
    await work()
    const { id } = (await invite('renewed@example.com')).body.invitation as { id: string }
    const cookie = await admin()
    await work()
    const first = secretIn(mails.at(-1)!)
    expect((await app.call('POST', `${url}/${id}/link`, {}, { cookie })).body).toMatchObject({ link: null })
    expect((await accept(first)).status).toBe(422)
    await work()
    const second = secretIn(mails.at(-1)!)
    expect(second).not.toBe(first)
    app.forward(8 * 86_400_000)
    expect((await accept(second)).status).toBe(422)
    app.forward(-8 * 86_400_000)
    expect((await app.call('DELETE', `${url}/${id}`, null, { cookie })).status).toBe(200)
    expect((await accept(second)).status).toBe(422)
    expect((await app.call('DELETE', `${url}/${id}`, null, { cookie })).status).toBe(404)
    expect((await app.call('POST', `${url}/${id}/link`, {}, { cookie })).status).toBe(404)
    expect((await app.call('GET', url, null, { cookie })).body.items).toMatchObject([{ email: 'twice@example.com' }])
    // After it was taken back the address may be invited again.
    expect((await invite('renewed@example.com')).status).toBe(200)
  })

  test('somebody who may no longer sign in leaves no open invitations behind', async () => {
    const { id, cookie } = await app.colleague('leaving@example.com', ['administrator'])
    const made = await app.call('POST', url, { email: 'back-door@example.com', roles: ['administrator'] }, { cookie })
    mails.length = 0
    await work()
    const token = secretIn(mails.at(-1)!)
    await app.call('PUT', `/api/v1/organization/users/${id}/access`, { enabled: false }, { cookie: await admin() })
    expect((await accept(token)).status).toBe(422)
    expect(made.status).toBe(200)
  })

  test('without outgoing mail the link is shown once, to administrators', async () => {
    const silent = await startDoor({ PUBLIC_URL: 'http://patron.test' })
    try {
      administrator.password = 'seven green otters swim'
      const cookie = await silent.firstAdministrator()
      const made = await silent.call('POST', url, { email: 'shown@example.com', roles: [] }, { cookie })
      expect(made.body.link).toMatch(/^http:\/\/patron\.test\/invitation#[\w-]{43}$/)
      const token = String(made.body.link).split('#')[1]!
      expect(JSON.stringify(await silent.call('GET', url, null, { cookie }))).not.toContain(token)
      const body = { token, name: 'Shown', password: 'nine purple herons dance' }
      expect((await silent.call('POST', `${url}/acceptance`, body)).body).toEqual({ email: 'shown@example.com' })
      for (const wrong of ['', 'x', token.slice(1), `${token}x`])
        expect((await silent.call('POST', `${url}/opening`, { token: wrong })).status, wrong).toBe(422)
    } finally {
      await silent.close()
    }
  })
})

test('the operator’s commands work before anybody can sign in, print a password once, and are recorded', async () => {
  const empty = await startDoor()
  try {
    const said: string[] = []
    const shell = {
      json: false,
      say: (line: string) => void said.push(line),
      result: () => {},
      transaction: (work) => empty.transaction(work, operator),
    } satisfies Partial<CommandShell> as Partial<CommandShell> as CommandShell
    const run = (name: string, ...args: string[]) => (commands.find((one) => one.name === name) as Command).run(shell, args)
    const password = () => said.findLast((line) => line.startsWith('Password: '))!.slice(10)
    await run('user list')
    expect(said).toEqual(['Nobody can sign in yet.'])
    await run('user add', 'Ada@Example.com', '--name', 'Ada')
    expect((await empty.signIn('ada@example.com', password())).status).toBe(200)
    const first = password()
    await run('user reset-password', 'ada@example.com')
    expect((await empty.signIn('ada@example.com', first)).status).toBe(401)
    expect((await empty.signIn('ada@example.com', password())).status).toBe(200)
    await expect(run('user reset-second-factor', 'ada@example.com')).rejects.toMatchObject({ reason: 'no-second-factor' })
    await expect(run('user disable', 'ada@example.com')).rejects.toMatchObject({ reason: 'last-administrator' })
    await run('user add', 'bob@example.com', '--role', 'agent', '--role', 'analyst')
    await run('user disable', 'bob@example.com')
    said.length = 0
    await run('user list')
    expect(said).toEqual(['ada@example.com  Ada  administrator', 'bob@example.com  bob  agent, analyst  (disabled)'])
    await expect(run('user disable', 'nobody@example.com')).rejects.toMatchObject({ reason: 'no-such-user' })
    await expect(run('user add', 'not an address')).rejects.toMatchObject({ reason: 'bad-arguments' })
    const facts = await empty.database.db.selectFrom('platform.fact').select(['name', 'actor']).execute()
    expect(new Set(facts.filter((row) => !row.name.startsWith('platform.sign')).map((row) => row.actor))).toEqual(new Set(['operator']))
    expect(facts.map((row) => row.name)).toContain('organization.password-replaced')
  } finally {
    await empty.close()
  }
})
