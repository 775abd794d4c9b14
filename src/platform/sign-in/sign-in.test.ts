import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { firstAdministratorToken } from '#modules/organization/public.ts'
import { administrator, company, type DoorApp, startDoor } from '#test/door.ts'
import { passwordProblem } from './credentials.ts'
import { forgetOldAttempts } from './throttle.ts'

const me = '/api/v1/organization/session'

describe('sign-in', () => {
  let app: DoorApp
  let admin: string
  beforeAll(async () => {
    app = await startDoor({ TRUSTED_PROXIES: '10.0.0.0/8' })
    admin = await app.firstAdministrator()
  })
  afterAll(() => app.close())
  beforeEach(() => forgetOldAttempts(app.database.db, new Date('2100-01-01')))

  test('a session is a signed cookie that scripts cannot read, and its token stands in no body', async () => {
    const answer = await app.signIn(administrator.email, administrator.password)
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual({ next: null })
    const line = answer.setCookie.find((one) => one.startsWith('patron.session_token='))!
    expect(line).toMatch(/HttpOnly/)
    expect(line).toMatch(/SameSite=Lax/)
    expect(line).not.toMatch(/Secure/)
    expect((await app.call('GET', me, null, { cookie: answer.cookie })).body).toMatchObject({
      user: { email: administrator.email, roles: ['administrator'] },
    })
  })

  test('capitals and spaces around the address make no other account', async () => {
    expect((await app.signIn('  ADA@Example.COM ', administrator.password)).status).toBe(200)
  })

  test('an unknown address and a wrong password get the same answer in about the same time', async () => {
    const timed = async (email: string) => {
      const start = performance.now()
      const answer = await app.signIn(email, 'not the right one at all')
      return { answer: { ...answer, setCookie: [] }, took: performance.now() - start }
    }
    await timed('warm-up@example.com')
    const wrong = await timed(administrator.email)
    const unknown = await timed('nobody@example.com')
    expect(wrong.answer).toMatchObject({ status: 401, body: { reason: 'wrong-credentials' } })
    expect(unknown.answer).toEqual(wrong.answer)
    // Without the hash on a miss it would be a few milliseconds against more than fifty.
    expect(unknown.took).toBeGreaterThan(wrong.took / 5)
  })

  test('a forged, cut or unsigned cookie is nobody', async () => {
    const [name, value = ''] = admin.split('=')
    for (const forged of [
      `${name}=${value.slice(0, -8)}AAAA%3D`,
      `${name}=${value.split('.')[0]}`,
      `${name}=.`,
      `${name}=%E0%A4%A`,
      `x${name}=${value}`,
    ])
      expect((await app.call('GET', me, null, { cookie: forged })).body, forged).toMatchObject({ user: null })
    expect((await app.call('GET', '/api/v1/organization/users', null, { cookie: `${name}=${value.slice(0, -8)}AAAA%3D` })).status).toBe(401)
  })

  test('signing out ends the session on the server, not only in the browser', async () => {
    const { cookie } = await app.signIn(administrator.email, administrator.password)
    expect((await app.call('POST', '/api/auth/sign-out', {}, { cookie })).status).toBe(200)
    expect((await app.call('GET', me, null, { cookie })).body).toMatchObject({ user: null })
  })

  test('a write from another site is refused, a sign-in too', async () => {
    const foreign = { origin: 'https://evil.example' }
    const attempt = await app.call('POST', '/api/auth/sign-in/email', administrator, { headers: foreign })
    expect(attempt).toMatchObject({ status: 403, body: { reason: 'foreign-origin' } })
    expect((await app.call('POST', '/api/auth/sign-out', {}, { cookie: admin, headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(
      403,
    )
    const own = await app.call('POST', '/api/auth/sign-in/email', administrator, { headers: { origin: 'http://patron.test' } })
    expect(own.status).toBe(200)
  })

  test('nobody signs up, and no other route of the library is open', async () => {
    const paths = [
      'sign-up/email',
      'update-user',
      'delete-user',
      'list-sessions',
      'revoke-sessions',
      'sign-in/social',
      'set-password',
      'link-social',
    ]
    for (const path of paths)
      expect(
        (await app.call('POST', `/api/auth/${path}`, { ...administrator, email: 'eve@example.com' }, { cookie: admin })).status,
        path,
      ).toBe(404)
    for (const path of [
      'get-session',
      'list-sessions',
      'list-accounts',
      'error',
      'ok',
      'reset-password/x?callbackURL=https://evil.example',
    ])
      expect((await app.call('GET', `/api/auth/${path}`, null, { cookie: admin })).status, path).toBe(404)
  })

  test('an address to go to afterwards is not taken from the request', async () => {
    const answer = await app.call('POST', '/api/auth/sign-in/email', { ...administrator, callbackURL: 'https://evil.example' })
    expect(answer.status).toBe(200)
    expect(JSON.stringify(answer)).not.toContain('evil')
  })

  test('a session that is used is renewed, one that is not ends after a week', async () => {
    const { cookie } = await app.signIn(administrator.email, administrator.password)
    const idle = (await app.signIn(administrator.email, administrator.password)).cookie
    for (let days = 0; days < 10; days += 2) {
      app.forward(2 * 86_400_000)
      expect((await app.call('GET', me, null, { cookie })).body, `day ${days}`).toMatchObject({ user: { email: administrator.email } })
      // The renewal happens beside the request.
      const renewed = () => app.database.db.selectFrom('platform.session').select('id').where('updated_at', '>', app.now()).execute()
      await expect.poll(async () => (await renewed()).length).toBe(1)
    }
    expect((await app.call('GET', me, null, { cookie: idle })).body).toMatchObject({ user: null })
    app.forward(-10 * 86_400_000)
  })

  test('a request costs two statements for who it is, and none while that is fresh in memory', async () => {
    const { cookie } = await app.signIn(administrator.email, administrator.password)
    const { pool } = app.database
    const connect = pool.connect.bind(pool)
    const statements: string[] = []
    const watched = new WeakSet()
    pool.connect = (async () => {
      const client = await connect()
      if (watched.has(client)) return client
      watched.add(client)
      const query = client.query.bind(client) as (...all: unknown[]) => unknown
      client.query = ((text: string | { text: string }, ...rest: unknown[]) => {
        statements.push(typeof text === 'string' ? text : text.text)
        return query(text, ...rest)
      }) as typeof client.query
      return client
    }) as typeof pool.connect
    const ask = async () => {
      statements.length = 0
      expect((await app.call('GET', '/api/v1/organization/people', null, { cookie })).status).toBe(200)
      return statements.filter((sql) => /"session"|"user_role"/.test(sql))
    }
    expect(await ask()).toHaveLength(2)
    expect(await ask()).toEqual([])
    app.forward(5000)
    expect(await ask()).toHaveLength(2)
    pool.connect = connect as typeof pool.connect
  })

  describe('throttling', () => {
    const guess = (email: string, as = {}) => app.signIn(email, 'a wrong guess every time', as)

    test('an account takes eight guesses of one sender, however its address is written and whatever the sender claims', async () => {
      const spellings = [
        'ada@example.com',
        'ADA@example.com',
        ' ada@example.com',
        'ada@example.com  ',
        'Ada@Example.Com',
        'ａda@example.com',
      ]
      const answers = []
      for (let i = 0; i < 12; i++)
        answers.push(await guess(spellings[i % spellings.length]!, { headers: { 'x-forwarded-for': `198.51.100.${i}` } }))
      expect(answers.map((a) => a.status)).toEqual([...Array(8).fill(401), ...Array(4).fill(429)])
      expect(answers[11]!.body).toMatchObject({ reason: 'too-many-attempts', values: { seconds: answers[11]!.retryAfter } })
      expect(answers[11]!.retryAfter).toBeGreaterThan(500)
      expect(answers[0]!.retryAfter).toBeNull()
      // The right password does not help either, until the time is over; somebody elsewhere still gets in.
      expect((await app.signIn(administrator.email, administrator.password)).status).toBe(429)
      expect((await app.signIn(administrator.email, administrator.password, { socket: '198.51.100.77' })).status).toBe(200)
      app.forward(10 * 60_000 + 1000)
      expect((await app.signIn(administrator.email, administrator.password)).status).toBe(200)
      app.forward(-10 * 60_000 - 1000)
    })

    test('another way to write the route is no other allowance: it is no route', async () => {
      for (let i = 0; i < 8; i++) await guess('ada@example.com', { socket: '198.51.100.44' })
      const body = { email: 'ada@example.com', password: administrator.password }
      for (const path of [
        '/sign-in/email/',
        '/Sign-In/Email',
        '//sign-in/email',
        '/sign-in/%65mail',
        '/sign-in/email?x=1',
        '/./sign-in/email',
      ]) {
        const answer = await app.call('POST', `/api/auth${path}`, body, { socket: '198.51.100.44' })
        expect([404, 429], path).toContain(answer.status)
        expect(answer.cookie, path).toBe('')
      }
    })

    test('guesses at the same moment do not pass together', async () => {
      const answers = await Promise.all(Array.from({ length: 12 }, () => guess('ada@example.com', { socket: '198.51.100.9' })))
      expect(answers.filter((a) => a.status === 401)).toHaveLength(8)
    })

    /** As if that many guesses more had been made of each kind that was counted so far. */
    const asIfGuessed = (more: number) =>
      app.database.db
        .updateTable('platform.sign_in_attempt')
        .set((eb) => ({ attempts: eb('attempts', '+', more) }))
        .execute()

    test('an account takes thirty guesses from everywhere together', async () => {
      await guess('ada@example.com', { socket: '198.51.100.1' })
      await asIfGuessed(28)
      expect((await guess('ada@example.com', { socket: '198.51.100.2' })).status).toBe(401)
      expect((await guess('ada@example.com', { socket: '198.51.100.3' })).status).toBe(429)
    })

    test('a sender takes sixty guesses at whatever accounts, also at those that nobody has; a whole IPv6 network is one sender', async () => {
      await guess('guess-1@example.com', { socket: '2001:db8:1:2::1' })
      await asIfGuessed(58)
      expect((await guess('guess-2@example.com', { socket: '2001:db8:1:2::2' })).status).toBe(401)
      expect((await guess('guess-3@example.com', { socket: '2001:db8:1:2:ffff::3' })).status).toBe(429)
      expect((await guess('guess-3@example.com', { socket: '2001:db8:1:3::1' })).status).toBe(401)
    })

    test('behind a trusted proxy the sender is who the proxy saw, not what stands further left', async () => {
      const through = (claimed: string, seen: string) => ({ socket: '10.1.2.3', headers: { 'x-forwarded-for': `${claimed}, ${seen}` } })
      for (let i = 0; i < 8; i++) expect((await guess('ada@example.com', through(`192.0.2.${i}`, '198.51.100.1'))).status).toBe(401)
      expect((await guess('ada@example.com', through('192.0.2.99', '198.51.100.1'))).status).toBe(429)
      expect((await guess('ada@example.com', through('192.0.2.99', '198.51.100.2'))).status).toBe(401)
    })

    test('right sign-ins use nothing up', async () => {
      for (let i = 0; i < 10; i++) expect((await app.signIn(administrator.email, administrator.password)).status).toBe(200)
    })

    test('guessing the current password of an open session is limited too', async () => {
      const statuses = []
      for (let i = 0; i < 10; i++) {
        const body = { currentPassword: `guess number ${i}`, newPassword: 'nine purple herons dance' }
        statuses.push((await app.call('POST', '/api/auth/change-password', body, { cookie: admin })).status)
      }
      expect(statuses).toEqual([...Array(8).fill(422), 429, 429])
    })
  })

  test('a new password ends every other session, and the first password is no longer called initial', async () => {
    const grace = await app.colleague('grace@example.com', ['agent'])
    const elsewhere = (await app.signIn('grace@example.com', grace.password)).cookie
    expect((await app.call('GET', me, null, { cookie: grace.cookie })).body).toMatchObject({ user: { initialPassword: true } })
    const change = { currentPassword: grace.password, newPassword: 'nine purple herons dance' }
    const simple = await app.call(
      'POST',
      '/api/auth/change-password',
      { ...change, newPassword: 'grace@example.com1' },
      { cookie: grace.cookie },
    )
    expect(simple.body).toMatchObject({ reason: 'password-too-simple', fields: [{ field: 'newPassword' }] })
    const changed = await app.call('POST', '/api/auth/change-password', change, { cookie: grace.cookie })
    expect(changed.status).toBe(200)
    expect((await app.call('GET', me, null, { cookie: elsewhere })).body).toMatchObject({ user: null })
    expect((await app.call('GET', me, null, { cookie: grace.cookie })).body).toMatchObject({ user: null })
    expect((await app.call('GET', me, null, { cookie: changed.cookie })).body).toMatchObject({ user: { initialPassword: false } })
    expect((await app.signIn('grace@example.com', grace.password)).status).toBe(401)
  })

  test('a password is long, and not one that everybody tries; nothing else is asked of it', () => {
    for (const simple of [
      '1q2w3e4r5t',
      'Qwerty123456',
      'QWERTYUIOP',
      'woaini1314',
      'iloveyou1234',
      'Summer2026',
      'correcthorsebatterystaple',
      '1234567890',
      'aaaaaaaaaaaa',
    ])
      expect(passwordProblem(simple, []), simple).toBe('password-too-simple')
    expect(passwordProblem('otter swim', [])).toBeNull()
    expect(passwordProblem('顾客顧客再来一次谢谢你们', [])).toBeNull()
    expect(passwordProblem('no capitals no figures no signs', [])).toBeNull()
    expect(passwordProblem('x'.repeat(9), [])).toBe('password-too-short')
    expect(passwordProblem(`${'long enough '.repeat(10)}1234`, [])).toBeNull()
  })

  test('without outgoing mail nobody is promised a link', async () => {
    const answer = await app.call('POST', '/api/auth/request-password-reset', { email: administrator.email })
    expect(answer).toMatchObject({ status: 409, body: { reason: 'mail-not-set-up' } })
    expect((await app.call('GET', '/api/v1/organization/state')).body).toMatchObject({ hasUsers: true, mailConfigured: false })
  })

  test('where people come by https, the cookie does not leave it', async () => {
    const secure = await startDoor({ PUBLIC_URL: 'https://patron.example.com' })
    try {
      const token = await firstAdministratorToken(secure.database, new Date())
      await secure.call('POST', '/api/v1/organization/first-administrator', { token, ...administrator, organization: company })
      const answer = await secure.signIn(administrator.email, administrator.password)
      const line = answer.setCookie.find((one) => one.startsWith('__Secure-patron.session_token='))!
      expect(line).toMatch(/; Secure/)
      expect((await secure.call('GET', me, null, { cookie: answer.cookie })).body).toMatchObject({ user: { email: administrator.email } })
    } finally {
      await secure.close()
    }
  })
})
