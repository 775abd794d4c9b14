import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withTransaction } from '#platform/database/connection.ts'
import { userByEmail } from '#platform/sign-in/users.ts'
import { administrator, company, type DoorApp, startDoor } from '#test/door.ts'
import { changeUserRoles, createUser } from './actions/users.ts'
import { api } from './api.ts'
import { firstAdministratorToken, organizationProfile, readSetting, seedRoles } from './public.ts'

const url = '/api/v1/organization'

describe('the first administrator', () => {
  let app: DoorApp
  beforeAll(async () => {
    app = await startDoor()
  })
  afterAll(() => app.close())
  const claim = (token: string | null, more: object = {}) =>
    app.call('POST', `${url}/first-administrator`, { token, ...administrator, organization: company, ...more })

  test('needs the token of the printed address, and everything in its right form', async () => {
    const token = await firstAdministratorToken(app.database, new Date())
    expect(token).toMatch(/^[\w-]{43}$/)
    expect((await app.call('GET', `${url}/state`)).body).toMatchObject({ hasUsers: false, languages: ['en', 'zh-CN', 'zh-TW'] })
    expect(await claim('guess')).toMatchObject({ status: 403, body: { reason: 'token-wrong' } })
    expect(await claim(token, { password: 'short' })).toMatchObject({ status: 422, body: { reason: 'password-too-short' } })
    expect(await claim(token, { password: 'Otter & Co 1' })).toMatchObject({ status: 422, body: { reason: 'password-too-simple' } })
    expect(await claim(token, { organization: { ...company, currency: 'XXZ' } })).toMatchObject({ status: 422 })
    expect(await claim(token, { organization: { ...company, timeZone: '+08:00' } })).toMatchObject({ status: 422 })
    // A refusal uses nothing up.
    expect((await app.call('GET', `${url}/state`)).body).toMatchObject({ hasUsers: false })
  })

  test('of many at the same moment, with the same or another valid token, exactly one wins', async () => {
    const tokens = [await firstAdministratorToken(app.database, new Date()), await firstAdministratorToken(app.database, new Date())]
    const answers = await Promise.all(Array.from({ length: 6 }, (_, i) => claim(tokens[i % 2]!, { email: `ada${i}@example.com` })))
    expect(answers.filter((a) => a.status === 200)).toHaveLength(1)
    expect(new Set(answers.filter((a) => a.status !== 200).map((a) => a.body.reason))).toEqual(new Set(['administrator-exists']))
    const users = await app.database.db.selectFrom('platform.user').selectAll().execute()
    expect(users).toHaveLength(1)
    expect(await readSetting(app.database.db, organizationProfile)).toEqual(company)
    const facts = await app.database.db.selectFrom('platform.fact').select(['name', 'actor']).orderBy('id').execute()
    // Whoever did it was nobody when the request came in, and is the administrator from then on.
    expect(facts).toEqual([
      { name: 'organization.setting-changed', actor: users[0]!.id },
      { name: 'organization.user-added', actor: users[0]!.id },
    ])
    const changes = await app.database.db.selectFrom('organization.setting_change').select('changed_by').execute()
    expect(changes).toEqual([{ changed_by: users[0]!.id }])
  })

  test('comes once: afterwards no token is made and none works', async () => {
    expect(await firstAdministratorToken(app.database, new Date())).toBeNull()
    expect(await claim('anything')).toMatchObject({ status: 409, body: { reason: 'administrator-exists' } })
    expect((await app.call('GET', `${url}/state`)).body).toMatchObject({ hasUsers: true, name: company.name })
  })
})

describe('users and roles', () => {
  let app: DoorApp
  let cookie: string
  beforeAll(async () => {
    app = await startDoor()
    cookie = await app.firstAdministrator()
  })
  afterAll(() => app.close())
  const asAdmin = (method: string, path: string, body: object | null = null) => app.call(method, `${url}${path}`, body, { cookie })
  const idOf = async (email: string) => (await userByEmail(app.database.db, email))!.id

  test('a first password that the command line shows once lies nowhere', async () => {
    const grace = { name: 'Grace', email: ' Grace@Example.com', roles: ['agent', 'analyst'] }
    const { user, password } = await app.transaction((context) => createUser(context, grace))
    expect(user).toMatchObject({ email: 'grace@example.com', roles: ['agent', 'analyst'], initialPassword: true })
    expect(password).toMatch(/^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/)
    expect((await app.signIn('grace@example.com', password)).status).toBe(200)
    for (const table of ['platform.fact', 'platform.idempotency', 'platform.account'] as const)
      expect(JSON.stringify(await app.database.db.selectFrom(table).selectAll().execute())).not.toContain(password)
    expect((await asAdmin('GET', '/users?limit=1')).body).toMatchObject({
      items: [{ email: administrator.email }],
      next: expect.any(String),
    })
  })

  test('a disabled user loses every session within five seconds and cannot come back with the right password', async () => {
    const { id, cookie: theirs, password } = await app.colleague('linus@example.com', ['agent'])
    const ask = () => app.call('GET', `${url}/people`, null, { cookie: theirs })
    expect((await ask()).status).toBe(200)
    expect((await asAdmin('PUT', `/users/${id}/access`, { enabled: false })).body).toMatchObject({ enabled: false })
    app.forward(5000)
    expect((await ask()).status).toBe(401)
    expect(await app.signIn('linus@example.com', password)).toMatchObject({ status: 403, body: { reason: 'account-disabled' } })
    expect((await app.signIn('linus@example.com', 'a wrong password')).body).toMatchObject({ reason: 'wrong-credentials' })
    await asAdmin('PUT', `/users/${id}/access`, { enabled: true })
    expect((await ask()).status).toBe(401)
    expect((await app.signIn('linus@example.com', password)).status).toBe(200)
  })

  test('a replaced password ends the sessions that were open', async () => {
    const { id, cookie: theirs, password } = await app.colleague('margaret@example.com', ['agent'])
    const replaced = await asAdmin('POST', `/users/${id}/password`, {})
    app.forward(5000)
    expect((await app.call('GET', `${url}/people`, null, { cookie: theirs })).status).toBe(401)
    expect((await app.signIn('margaret@example.com', password)).status).toBe(401)
    expect((await app.signIn('margaret@example.com', String(replaced.body.password))).status).toBe(200)
  })

  test('a role that is taken away is gone within five seconds', async () => {
    const { id, cookie: theirs } = await app.colleague('barbara@example.com', ['administrator'])
    const ask = () => app.call('GET', `${url}/users`, null, { cookie: theirs })
    expect((await ask()).status).toBe(200)
    expect((await asAdmin('PUT', `/users/${id}/roles`, { before: ['administrator'], roles: ['agent'] })).body).toMatchObject({
      roles: ['agent'],
    })
    app.forward(5000)
    expect(await ask()).toMatchObject({ status: 403, body: { reason: 'permission-missing' } })
  })

  test('nobody disables themselves, and the last administrator stays one', async () => {
    const ada = await idOf(administrator.email)
    expect(await asAdmin('PUT', `/users/${ada}/access`, { enabled: false })).toMatchObject({ status: 409, body: { reason: 'own-access' } })
    expect(await asAdmin('PUT', `/users/${ada}/roles`, { before: ['administrator'], roles: ['agent'] })).toMatchObject({
      status: 409,
      body: { reason: 'last-administrator' },
    })
    // Somebody who is disabled does not count as an administrator who is left.
    const { id } = await app.colleague('ken@example.com', ['administrator'])
    await asAdmin('PUT', `/users/${id}/access`, { enabled: false })
    expect(await asAdmin('PUT', `/users/${ada}/roles`, { before: ['administrator'], roles: [] })).toMatchObject({
      status: 409,
      body: { reason: 'last-administrator' },
    })
  })

  test('two administrators who take the role from each other at the same moment leave one', async () => {
    const { id, cookie: theirs } = await app.colleague('dennis@example.com', ['administrator'])
    const ada = await idOf(administrator.email)
    const other = await app.transaction(async (context) => {
      await changeUserRoles(context, { userId: id, before: ['administrator'], roles: ['agent'] })
      // Before the first is decided, the second comes; it must wait for the decision.
      const second = app.call('PUT', `${url}/users/${ada}/roles`, { before: ['administrator'], roles: ['agent'] }, { cookie: theirs })
      const decided = await Promise.race([second.then(() => true), new Promise<false>((resolve) => setTimeout(resolve, 500, false))])
      expect(decided).toBe(false)
      return { second }
    })
    expect(await other.second).toMatchObject({ status: 409, body: { reason: 'last-administrator' } })
  })

  test('what a role may do is data; the administrator always may do all, and everybody who signs in may read', async () => {
    const { cookie: theirs } = await app.colleague('edsger@example.com', ['analyst'])
    const ask = () => app.call('GET', `${url}/users`, null, { cookie: theirs })
    expect((await ask()).status).toBe(403)
    const give = (role: string, before: object, after: object) =>
      asAdmin('PATCH', '/roles', { before: { [role]: before }, after: { [role]: after } })
    const more = await give('analyst', {}, { 'organization.manage-users': 'all' })
    expect(more.body).toMatchObject({ roles: [{ name: 'analyst', permissions: { 'organization.manage-users': 'all' } }] })
    app.forward(5000)
    expect((await ask()).status).toBe(200)
    // A withdrawal survives the next start; a permission that is new there is granted.
    const { permissions: had } = (more.body as { roles: { permissions: Record<string, string> }[] }).roles[0]!
    const { 'organization.read': _, ...others } = had
    await give('analyst', others, Object.fromEntries(Object.keys(others).map((permission) => [permission, null])))
    const next = {
      name: 'next',
      api: {},
      actions: {},
      permissions: { 'organization.manage-users': ['analyst'], 'next.read': ['analyst'] },
    } as const
    await withTransaction(app.database, (db) => seedRoles(db, [next]))
    const { roles } = (await asAdmin('GET', '/roles')).body as { roles: { name: string; permissions: Record<string, string> }[] }
    expect(roles.find((role) => role.name === 'analyst')!.permissions).toEqual({ 'next.read': 'all', 'organization.read': 'all' })
    expect(roles.find((role) => role.name === 'administrator')!.permissions).toHaveProperty(['next.read'])
    expect(await give('administrator', {}, {})).toMatchObject({ body: { reason: 'administrator-has-all' } })
    expect(await give('agent', { 'organization.read': 'all' }, { 'organization.read': null })).toMatchObject({
      body: { reason: 'read-needed' },
    })
    expect(await give('agent', {}, { 'organization.rule': 'all' })).toMatchObject({ body: { reason: 'no-such-permission' } })
  })

  test('who gives roles or permissions after somebody else changed them is told so, and nothing is written', async () => {
    const permissionsOf = async (role: string) => {
      const { roles } = (await asAdmin('GET', '/roles')).body as { roles: { name: string; permissions: Record<string, string> }[] }
      return roles.find(({ name }) => name === role)!.permissions
    }
    const [agent, supervisor] = [await permissionsOf('agent'), await permissionsOf('supervisor')]
    const [right] = Object.keys(agent).filter((permission) => permission !== 'organization.read')
    const write = (before: object, after: object) => asAdmin('PATCH', '/roles', { before, after })
    // Somebody else takes one; what is not named stays as they left it.
    await write({ agent: { [right!]: agent[right!] } }, { agent: { [right!]: null } })
    const both = await write(
      { supervisor: { 'organization.manage': null }, agent: { [right!]: agent[right!] } },
      { supervisor: { 'organization.manage': 'all' }, agent: { [right!]: agent[right!] } },
    )
    expect(both).toMatchObject({ status: 409, body: { reason: 'changed-meanwhile' } })
    expect(await permissionsOf('supervisor')).toEqual(supervisor)
    const { [right!]: _, ...less } = agent
    expect(await permissionsOf('agent')).toEqual(less)

    const { id } = await app.colleague('radia@example.com', ['agent'])
    await asAdmin('PUT', `/users/${id}/roles`, { before: ['agent'], roles: ['agent', 'supervisor'] })
    expect(await asAdmin('PUT', `/users/${id}/roles`, { before: ['agent'], roles: [] })).toMatchObject({
      status: 409,
      body: { reason: 'changed-meanwhile' },
    })
    expect((await asAdmin('PUT', `/users/${id}/roles`, { before: ['supervisor', 'agent'], roles: ['agent'] })).body).toMatchObject({
      roles: ['agent'],
    })
  })

  test('language and theme are one’s own', async () => {
    const { cookie: theirs } = await app.colleague('xiaoming@example.com', ['agent'])
    expect((await app.call('GET', `${url}/session`, null, { cookie: theirs })).body).toMatchObject({ preference: null })
    await app.call('PATCH', `${url}/session`, { language: 'zh-TW', theme: 'dark', name: '小明' }, { cookie: theirs })
    expect((await app.call('GET', `${url}/session`, null, { cookie: theirs })).body).toMatchObject({
      user: { name: '小明' },
      permissions: expect.arrayContaining(['organization.read']),
      preference: { language: 'zh-TW', theme: 'dark' },
    })
    expect((await app.call('GET', `${url}/session`)).body).toMatchObject({ user: null, permissions: [], preference: null })
    expect((await app.call('PATCH', `${url}/session`, { language: 'fr' }, { cookie: theirs })).status).toBe(422)
  })

  test('every endpoint that is not public refuses nobody, and an agent where agents may not', async () => {
    const { cookie: agent } = await app.colleague('agent@example.com', ['agent'])
    for (const endpoint of Object.values(api).filter(({ permission }) => permission !== 'public')) {
      const path = endpoint.path.replace(/:\w+/g, '0198c0de-0000-7000-8000-000000000000')
      const body = endpoint.method === 'GET' ? null : {}
      expect((await app.call(endpoint.method, `/api/v1${path}`, body)).status, endpoint.path).toBe(401)
      const answer = await app.call(endpoint.method, `/api/v1${path}`, body, { cookie: agent })
      if (['organization.read', 'organization.make-keys'].includes(endpoint.permission)) expect(answer.status, endpoint.path).not.toBe(403)
      else expect(answer, endpoint.path).toMatchObject({ status: 403, body: { values: { permission: endpoint.permission } } })
    }
  })
})
