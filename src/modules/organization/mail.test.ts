import { createServer, type Server } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Command, CommandShell } from '#platform/command.ts'
import { operator } from '#platform/context.ts'
import { passwordLinkRequested } from '#platform/sign-in/facts.ts'
import { forgetOldAttempts } from '#platform/sign-in/throttle.ts'
import { administrator, type DoorApp, startDoor } from '#test/door.ts'
import { commands } from './commands.ts'
import { userInvited } from './facts.ts'
import { jobs } from './jobs.ts'

/** A mail server that takes everything and keeps it. */
const mails: string[] = []
let server: Server
let app: DoorApp
beforeAll(async () => {
  server = createServer((socket) => {
    let mail: string | null = null
    socket.write('220 test\r\n')
    socket.on('error', () => {})
    socket.on('data', (data) => {
      for (const line of data.toString().split('\r\n').slice(0, -1)) {
        if (mail !== null && line === '.') {
          mails.push(mail)
          mail = null
          socket.write('250 taken\r\n')
        } else if (mail !== null) mail += `${line}\n`
        else if (line.toUpperCase() === 'DATA') {
          mail = ''
          socket.write('354 go on\r\n')
        } else socket.write(line.startsWith('QUIT') ? '221 bye\r\n' : '250 test\r\n')
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  app = await startDoor({ SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'Patron <care@example.com>', PUBLIC_URL: 'http://patron.test' })
  await app.firstAdministrator()
})
afterAll(async () => {
  await app.close()
  server.close()
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

test('links are not sent without end', async () => {
  await forgetOldAttempts(app.database.db, new Date('2100-01-01'))
  const ask = () => app.call('POST', '/api/auth/request-password-reset', { email: administrator.email })
  const statuses = []
  for (let i = 0; i < 4; i++) statuses.push((await ask()).status)
  expect(statuses).toEqual([200, 200, 200, 429])
  seen = (await app.database.db.selectFrom('platform.fact').select('id').orderBy('id', 'desc').executeTakeFirstOrThrow()).id
})

test('a colleague who is invited chooses the password; nobody is invited into a disabled account', async () => {
  const { cookie } = await app.signIn(administrator.email, administrator.password)
  const invite = (email: string) =>
    app.call('POST', '/api/v1/organization/users', { name: 'Grace & <b>Co', email, roles: ['agent'], by: 'mail' }, { cookie })
  const made = await invite('grace@example.com')
  expect(made.body).toMatchObject({ password: null, user: { initialPassword: false } })
  mails.length = 0
  await work()
  expect(mails[0]).toContain('Grace & <b>Co')
  expect((await reset(linkIn(mails[0]!), 'nine purple herons dance')).status).toBe(200)
  expect((await app.signIn('grace@example.com', 'nine purple herons dance')).status).toBe(200)

  const gone = (await invite('gone@example.com')).body.user as { id: string }
  await app.call('PUT', `/api/v1/organization/users/${gone.id}/access`, { enabled: false }, { cookie })
  mails.length = 0
  await work()
  expect(mails).toEqual([])
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
    expect(facts.map((row) => row.name)).not.toContain(userInvited.name)
  } finally {
    await empty.close()
  }
})
