import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Answer, administrator, type DoorApp, startDoor } from '#test/door.ts'
import { oneTimeCode } from '#test/one-time-code.ts'
import { forgetOldAttempts } from './throttle.ts'

const url = '/api/v1/organization'
const me = `${url}/session`

test('the codes of RFC 6238, appendix B', () => {
  const key = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
  const known = [
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_234_567_890, '89005924'],
    [20_000_000_000, '65353130'],
  ] as const
  for (const [second, code] of known) expect(oneTimeCode(key, new Date(second * 1000), 8)).toBe(code)
})

describe('the second factor', () => {
  let app: DoorApp
  let admin: string
  beforeAll(async () => {
    app = await startDoor()
    admin = await app.firstAdministrator()
  })
  afterAll(() => app.close())
  beforeEach(() => forgetOldAttempts(app.database.db, new Date('2100-01-01')))

  const post = (path: string, body: object, cookie: string, as = {}) => app.call('POST', `/api/auth${path}`, body, { cookie, ...as })
  const whoIs = async (cookie: string) => (await app.call('GET', me, null, { cookie })).body.user as { email: string } | null
  /** The clock of the product, and a code that it has not seen. */
  const freshCode = (key: string) => {
    app.forward(31_000)
    return oneTimeCode(key, new Date(app.now().getTime() + 60_000))
  }
  async function person(email: string, roles = ['agent']) {
    const { id, cookie, password } = await app.colleague(email, roles)
    return { id, cookie, password, signIn: () => app.signIn(email, password) }
  }
  async function setUp(cookie: string): Promise<{ key: string; codes: string[]; answer: Answer }> {
    const begun = await post('/second-factor', {}, cookie)
    const key = String(begun.body.key)
    const answer = await post('/second-factor/confirmation', { code: freshCode(key) }, cookie)
    return { key, codes: answer.body.recoveryCodes as string[], answer }
  }

  test('is set up with a key and its picture, confirmed by a code, and then asked for', async () => {
    const { cookie, signIn, id } = await person('totp@example.com')
    const elsewhere = (await signIn()).cookie
    const begun = await post('/second-factor', {}, cookie)
    expect(begun.body).toMatchObject({
      key: expect.stringMatching(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/),
      address: expect.stringMatching(/^otpauth:\/\/totp\/Otter%20%26%20Co:totp%40example\.com\?issuer=Otter%20%26%20Co&secret=/),
      code: { size: expect.any(Number), path: expect.stringMatching(/^(M\d+ \d+h1v1h-1z)+$/) },
    })
    // As long as it is not confirmed, nothing has changed.
    expect((await signIn()).body).toEqual({ next: null })
    expect(await post('/second-factor/confirmation', { code: '000000' }, cookie)).toMatchObject({
      status: 422,
      body: { reason: 'wrong-code' },
    })
    const code = freshCode(String(begun.body.key))
    const confirmed = await post('/second-factor/confirmation', { code }, cookie)
    expect(confirmed.body.recoveryCodes).toHaveLength(10)
    // Sessions that came in without it end, and the code that confirmed is used up.
    app.forward(5000)
    expect(await whoIs(elsewhere)).toBeNull()
    expect(await whoIs(cookie)).not.toBeNull()
    const half = await signIn()
    expect(half.body).toEqual({ next: 'second-factor' })
    expect(await post('/sign-in/second-factor', { code }, half.cookie)).toMatchObject({ status: 422 })
    expect((await app.call('GET', `${url}/second-factor`, null, { cookie })).body).toMatchObject({
      since: expect.any(String),
      recoveryCodesLeft: 10,
      required: false,
    })
    // Neither the key nor a recovery code can be read in the database.
    const tables = await Promise.all(
      (['platform.second_factor', 'platform.recovery_code', 'platform.fact', 'platform.session'] as const).map((table) =>
        app.database.db.selectFrom(table).selectAll().execute(),
      ),
    )
    const rows = JSON.stringify(tables, (_, value) => (value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value))
    for (const secret of [String(begun.body.key).replaceAll(' ', ''), ...(confirmed.body.recoveryCodes as string[])])
      expect(rows).not.toContain(secret)
    expect(tables[2]!.map((row) => (row as { name: string }).name)).toContain('platform.second-factor-set-up')
    expect(id).toBeTruthy()
  })

  test('a session that waits for it opens nothing at all', async () => {
    const { cookie, signIn } = await person('half@example.com', ['administrator'])
    const { key } = await setUp(cookie)
    const half = (await signIn()).cookie
    expect(await whoIs(half)).toBeNull()
    for (const path of ['users', 'people', 'settings', 'sessions', 'keys', 'second-factor'])
      expect((await app.call('GET', `${url}/${path}`, null, { cookie: half })).status, path).toBe(401)
    const change = { currentPassword: 'x', newPassword: 'nine purple herons dance' }
    for (const [path, body] of [
      ['/change-password', change],
      ['/second-factor', {}],
      ['/second-factor/confirmation', { code: '123456' }],
      ['/second-factor/removal', { code: freshCode(key) }],
      ['/second-factor/recovery-codes', { code: freshCode(key) }],
    ] as const)
      expect((await post(path, body, half)).status, path).toBe(401)
    // It does not count among the sessions, and can be left.
    expect(((await app.call('GET', `${url}/sessions`, null, { cookie })).body.items as object[]).length).toBe(1)
    const done = await post('/sign-in/second-factor', { code: freshCode(key) }, half)
    expect(done.status).toBe(200)
    expect(await whoIs(done.cookie)).toMatchObject({ email: 'half@example.com' })
    // The session goes on under another secret; what was known before the code is worth nothing.
    expect(await whoIs(half)).toBeNull()
    expect((await post('/sign-in/second-factor', { code: freshCode(key) }, half)).status).toBe(401)
    expect((await post('/sign-in/second-factor', { code: freshCode(key) }, done.cookie)).status).toBe(401)
  })

  test('a code works once, also of two at the same moment; one from two minutes ago does not', async () => {
    const { cookie, signIn } = await person('once@example.com')
    const { key } = await setUp(cookie)
    const halves = [(await signIn()).cookie, (await signIn()).cookie]
    const old = freshCode(key)
    app.forward(120_000)
    expect((await post('/sign-in/second-factor', { code: old }, halves[0]!)).status).toBe(422)
    const code = freshCode(key)
    const answers = await Promise.all(halves.map((half) => post('/sign-in/second-factor', { code }, half)))
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 422])
  })

  test('the password alone, known or changed by a link, never replaces it', async () => {
    const { cookie, password } = await person('changed@example.com')
    await setUp(cookie)
    const changed = await post('/change-password', { currentPassword: password, newPassword: 'nine purple herons dance' }, cookie)
    expect(await whoIs(changed.cookie)).not.toBeNull()
    const again = await app.signIn('changed@example.com', 'nine purple herons dance')
    expect(again.body).toEqual({ next: 'second-factor' })
    expect(await whoIs(again.cookie)).toBeNull()
  })

  test('whoever takes more than ten minutes begins again', async () => {
    const { cookie, signIn } = await person('slow@example.com')
    const { key } = await setUp(cookie)
    const half = (await signIn()).cookie
    app.forward(11 * 60_000)
    expect(await post('/sign-in/second-factor', { code: freshCode(key) }, half)).toMatchObject({
      status: 401,
      body: { reason: 'sign-in-again' },
    })
  })

  test('a recovery code works once, however it is typed, and is told; new ones replace the old', async () => {
    const { cookie, signIn } = await person('lost@example.com')
    const { key, codes } = await setUp(cookie)
    const [first = '', second = ''] = codes
    const use = async (code: string) => post('/sign-in/second-factor', { code }, (await signIn()).cookie)
    expect((await use(first.toUpperCase().replaceAll('-', ' '))).status).toBe(200)
    expect((await use(first)).status).toBe(422)
    const told = await app.database.db
      .selectFrom('platform.fact')
      .select('name')
      .where('name', '=', 'platform.recovery-code-used')
      .execute()
    expect(told).toHaveLength(1)
    const renewed = await post('/second-factor/recovery-codes', { code: freshCode(key) }, cookie)
    expect(renewed.body.recoveryCodes).toHaveLength(10)
    expect((await use(second)).status).toBe(422)
    expect((await use((renewed.body.recoveryCodes as string[])[0]!)).status).toBe(200)
    expect((await app.call('GET', `${url}/second-factor`, null, { cookie })).body).toMatchObject({ recoveryCodesLeft: 9 })
  })

  test('guesses are limited for the account, from wherever they come', async () => {
    const { cookie, signIn } = await person('guessed@example.com')
    const { key } = await setUp(cookie)
    const half = (await signIn()).cookie
    const statuses = []
    for (let i = 0; i < 8; i++)
      statuses.push(
        (await post('/sign-in/second-factor', { code: `00000${i}` }, half, { headers: { 'x-forwarded-for': `198.51.100.${i}` } })).status,
      )
    expect(statuses).toEqual([...Array(6).fill(422), 429, 429])
    for (let i = 0; i < 6; i++)
      statuses.push((await post('/sign-in/second-factor', { code: `00000${i}` }, half, { socket: `198.51.100.${i}` })).status)
    expect(statuses.slice(-2)).toEqual([422, 422])
    // Now the account has had its share; a new session in between does not begin a new one, and the right code does not help either.
    const again = (await signIn()).cookie
    expect((await post('/sign-in/second-factor', { code: freshCode(key) }, again, { socket: '198.51.100.77' })).status).toBe(429)
    app.forward(10 * 60_000)
    const later = (await signIn()).cookie
    expect((await post('/sign-in/second-factor', { code: freshCode(key) }, later)).status).toBe(200)
  })

  test('is removed with a code only', async () => {
    const { cookie, signIn } = await person('removed@example.com')
    const { key } = await setUp(cookie)
    expect(await post('/second-factor', {}, cookie)).toMatchObject({ status: 409, body: { reason: 'second-factor-there' } })
    expect((await post('/second-factor/removal', { code: '111111' }, cookie)).status).toBe(422)
    expect((await post('/second-factor/removal', { code: freshCode(key) }, cookie)).status).toBe(200)
    expect((await signIn()).body).toEqual({ next: null })
  })

  test('a role that needs one lets nobody do anything else first', async () => {
    const { cookie, signIn } = await person('strict@example.com', ['analyst'])
    const setting = (await app.call('GET', `${url}/settings`, null, { cookie: admin })).body.settings as { key: string; version: number }[]
    const version = setting.find(({ key }) => key === 'organization.second-factor')!.version
    const change = { value: { roles: ['analyst'] }, version }
    expect((await app.call('PUT', `${url}/settings/organization.second-factor`, change, { cookie: admin })).status).toBe(200)
    app.forward(5000)
    expect(await whoIs(cookie)).toBeNull()
    const entered = await signIn()
    expect(entered.body).toEqual({ next: 'set-up' })
    expect((await app.call('GET', `${url}/people`, null, { cookie: entered.cookie })).status).toBe(401)
    expect((await post('/change-password', { currentPassword: 'x', newPassword: 'nine purple herons dance' }, entered.cookie)).status).toBe(
      401,
    )
    const { key } = await setUp(entered.cookie)
    expect(await whoIs(entered.cookie)).toMatchObject({ email: 'strict@example.com' })
    expect(await post('/second-factor/removal', { code: freshCode(key) }, entered.cookie)).toMatchObject({
      status: 409,
      body: { reason: 'second-factor-required' },
    })
    await app.call('PUT', `${url}/settings/organization.second-factor`, { value: { roles: [] }, version: version + 1 }, { cookie: admin })
  })

  test('an administrator resets that of another, never the own; sessions end', async () => {
    const { id, cookie, signIn } = await person('reset@example.com')
    await setUp(cookie)
    const reset = (userId: string, as: string) => app.call('DELETE', `${url}/users/${userId}/second-factor`, null, { cookie: as })
    expect((await reset(id, cookie)).status).toBe(403)
    expect((await reset(id, admin)).status).toBe(200)
    app.forward(5000)
    expect(await whoIs(cookie)).toBeNull()
    expect((await signIn()).body).toEqual({ next: null })
    expect(await reset(id, admin)).toMatchObject({ status: 409, body: { reason: 'no-second-factor' } })
    const ada = (await app.call('GET', me, null, { cookie: admin })).body.user as { id: string }
    expect(await reset(ada.id, admin)).toMatchObject({ status: 409, body: { reason: 'own-second-factor' } })
  })

  test('half a session is not reached by a key or another name of the cookie either', async () => {
    const { cookie, signIn } = await person('names@example.com')
    await setUp(cookie)
    const half = (await signIn()).cookie
    const token = half.split('patron.session_token=')[1]!
    for (const as of [
      { cookie: `__Secure-patron.session_token=${token}` },
      { cookie: `better-auth.session_token=${token}` },
      { cookie: half, headers: { authorization: `Bearer ${decodeURIComponent(token).split('.')[0]}` } },
    ])
      expect((await app.call('GET', `${url}/people`, null, as)).status).toBe(401)
    expect((await app.signIn(administrator.email, administrator.password)).body).toEqual({ next: null })
  })
})
