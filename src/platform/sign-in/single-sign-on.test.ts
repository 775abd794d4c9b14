import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type DoorApp, startDoor } from '#test/door.ts'
import { oneTimeCode } from '#test/one-time-code.ts'
import { startProvider, type TestProvider } from '#test/provider.ts'
import { withTransaction } from '../database/connection.ts'
import { ownPath } from './single-sign-on.ts'
import { forgetOldAttempts } from './throttle.ts'

const url = '/api/v1/organization'
const start = '/api/auth/single-sign-on'

describe('sign-in at the company’s own provider', () => {
  let app: DoorApp
  let admin: string
  let provider: TestProvider
  let version = 0
  beforeAll(async () => {
    app = await startDoor({ PUBLIC_URL: 'http://patron.test' })
    admin = await app.firstAdministrator()
    provider = await startProvider({ id: 'patron', secret: 'a secret of the provider', callback: `http://patron.test${start}/return` })
  })
  afterAll(async () => {
    provider.close()
    await app.close()
  })
  beforeEach(() => forgetOldAttempts(app.database.db, new Date('2100-01-01')))

  const configure = async (more: object = {}) => {
    const value = {
      enabled: true,
      name: 'Otter ID',
      issuer: provider.issuer,
      clientId: 'patron',
      domains: ['otter.example'],
      createsUsers: true,
      role: 'agent',
      ownNetwork: true,
      ...more,
    }
    const answer = await app.call('PUT', `${url}/settings/organization.single-sign-on`, { value, version }, { cookie: admin })
    if (answer.status === 200) version = Number(answer.body.version)
    return answer
  }
  const cookieOf = (setCookie: readonly string[], name: string) =>
    setCookie.map((line) => line.split(';')[0]!).find((one) => one.startsWith(`${name}=`) && !one.endsWith('=')) ?? ''
  /** The whole way as a browser goes it; `change` may spoil the address that the provider sends back to. */
  async function go(who: string, { next = '/', change = (address: string) => address, way: other = '' } = {}) {
    provider.who = who
    const begun = await app.call('GET', `${start}?next=${encodeURIComponent(next)}`)
    const way = other || cookieOf(begun.setCookie, 'patron.way')
    const back = new URL(change(await provider.visit(begun.location!)))
    const done = await app.call('GET', back.pathname + back.search, null, { cookie: way })
    return { begun, way, back, done, session: cookieOf(done.setCookie, 'patron.session_token') }
  }
  /** As `go`, for somebody who is signed in and connects their account; `come` is the cookie of whoever comes back. */
  async function connect(who: string, cookie: string, come = cookie) {
    provider.who = who
    const begun = await app.call('POST', `${start}/connection`, {}, { cookie })
    const back = new URL(await provider.visit(String(begun.body.address)))
    const way = cookieOf(begun.setCookie, 'patron.way')
    return app.call('GET', back.pathname + back.search, null, { cookie: [way, come].filter(Boolean).join('; ') })
  }
  const identities = async (cookie: string) =>
    (await app.call('GET', `${url}/identities`, null, { cookie })).body.items as { id: string; issuer: string }[]
  const whoIs = async (cookie: string) => (await app.call('GET', `${url}/session`, null, { cookie })).body.user

  test('is offered, and asked, only when it is set up in full', async () => {
    expect((await app.call('GET', `${url}/state`)).body.singleSignOn).toBeNull()
    expect((await app.call('GET', start)).location).toBe('/sign-in?refused=no-provider')
    expect(await configure({ issuer: 'http://id.otter.example' })).toMatchObject({ status: 422 })
    expect(await configure({ domains: [] })).toMatchObject({ status: 422 })
    expect(await configure({ ownNetwork: false })).toMatchObject({ status: 422, body: { reason: 'provider-address-not-allowed' } })
    expect((await configure()).status).toBe(200)
    // Without the secret it is not in use.
    expect((await app.call('GET', `${url}/state`)).body.singleSignOn).toBeNull()
    const secret = { secret: 'a secret of the provider' }
    expect((await app.call('PUT', `${url}/single-sign-on/secret`, secret, { cookie: admin })).status).toBe(200)
    expect((await app.call('GET', `${url}/state`)).body.singleSignOn).toBe('Otter ID')
    expect((await app.call('GET', `${url}/single-sign-on`, null, { cookie: admin })).body).toEqual({
      returnAddress: `http://patron.test${start}/return`,
      hasSecret: true,
    })
    const rows = await app.database.db.selectFrom('organization.setting_secret').selectAll().execute()
    expect(rows[0]!.sealed.toString('latin1')).not.toContain('a secret')
    expect(JSON.stringify((await app.call('GET', `${url}/settings`, null, { cookie: admin })).body)).not.toContain('a secret')
  })

  test('somebody new becomes a user with the chosen role, and is known again by issuer and subject, whatever the address then is', async () => {
    provider.people.s1 = { email: 'Ming@Otter.example', email_verified: true, name: '王小明' }
    const first = await go('s1', { next: '/customers?x=1' })
    expect(first.done).toMatchObject({ status: 302, location: '/customers?x=1' })
    expect(await whoIs(first.session)).toMatchObject({ name: '王小明', email: 'ming@otter.example', roles: ['agent'] })
    const address = new URL(first.begun.location!)
    expect(Object.fromEntries(address.searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      state: expect.any(String),
      nonce: expect.any(String),
      redirect_uri: `http://patron.test${start}/return`,
    })
    provider.people.s1 = { email: 'somebody-else@elsewhere.example', email_verified: false }
    expect(await whoIs((await go('s1')).session)).toMatchObject({ email: 'ming@otter.example' })
  })

  test('an address that is not confirmed, or of another domain, links to nobody', async () => {
    const refused = { status: 302, location: '/sign-in?refused=provider-address-unconfirmed' }
    for (const [subject, person] of Object.entries({
      u1: { email: 'grace@otter.example', email_verified: false },
      u2: { email: 'grace@otter.example' },
      u3: { email: 'grace@otter.example', email_verified: 'true' as unknown as boolean },
      u4: { email: 'grace@evil.example', email_verified: true },
      u5: { email: 'grace@otter.example@evil.example', email_verified: true },
      u6: { email: 'grace@sub.otter.example', email_verified: true },
      u7: {},
    })) {
      provider.people[subject] = person
      const went = await go(subject)
      expect(went.done, subject).toMatchObject(refused)
      expect(went.session, subject).toBe('')
    }
  })

  test('whoever has an account is let in only once they have connected it themselves, signed in; they are told, see it and end it', async () => {
    const grace = await app.colleague('grace@otter.example', ['administrator'])
    const other = await app.colleague('other@otter.example', ['agent'])
    provider.people.right = { email: 'grace@otter.example', email_verified: true }
    const notConnected = { done: { location: '/sign-in?refused=provider-not-connected' }, session: '' }
    expect(await go('right')).toMatchObject(notConnected)

    expect(await app.call('POST', `${start}/connection`, {})).toMatchObject({ status: 401 })
    expect((await connect('right', grace.cookie, '')).location).toBe('/profile?refused=provider-way-lost')
    expect((await connect('right', grace.cookie, other.cookie)).location).toBe('/profile?refused=provider-way-lost')
    provider.people.right = { email: 'grace@elsewhere.example', email_verified: true }
    expect((await connect('right', grace.cookie)).location).toBe('/profile?refused=provider-address-unconfirmed')
    provider.people.right = { email: 'grace@otter.example', email_verified: true }
    expect(await identities(grace.cookie)).toEqual([])
    expect(await go('right')).toMatchObject(notConnected)

    expect((await connect('right', grace.cookie)).location).toBe('/profile?connected')
    expect((await connect('right', grace.cookie)).location).toBe('/profile?connected')
    const [identity] = await identities(grace.cookie)
    expect(identity).toMatchObject({ issuer: provider.issuer })
    expect(await whoIs((await go('right')).session)).toMatchObject({ email: 'grace@otter.example', roles: ['administrator'] })
    expect((await connect('right', other.cookie)).location).toBe('/profile?refused=identity-taken')
    const told = await app.database.db
      .selectFrom('platform.fact')
      .select(['payload', 'actor'])
      .where('name', '=', 'platform.identity-linked')
      .execute()
    expect(told.filter(({ actor }) => actor === grace.id)).toEqual([
      { actor: grace.id, payload: { userId: grace.id, issuer: provider.issuer, isNew: false } },
    ])

    expect(await app.call('DELETE', `${url}/identities/${identity!.id}`, null, { cookie: other.cookie })).toMatchObject({ status: 404 })
    expect(await app.call('DELETE', `${url}/identities/${identity!.id}`, null, { cookie: grace.cookie })).toMatchObject({ status: 200 })
    expect(await go('right')).toMatchObject(notConnected)
  })

  test('the only way in is not closed by oneself; an administrator closes it, and the sessions with it', async () => {
    provider.people.only = { email: 'only@otter.example', email_verified: true }
    const { session } = await go('only')
    const { id } = (await whoIs(session)) as { id: string }
    const [identity] = await identities(session)
    expect(await app.call('DELETE', `${url}/identities/${identity!.id}`, null, { cookie: session })).toMatchObject({
      status: 409,
      body: { reason: 'only-way-in' },
    })
    const of = `${url}/users/${id}/identities`
    expect((await app.call('GET', of, null, { cookie: admin })).body.items).toEqual(await identities(session))
    expect(await app.call('DELETE', `${of}/${identity!.id}`, null, { cookie: admin })).toMatchObject({ status: 200 })
    app.forward(5000)
    expect(await whoIs(session)).toBeNull()
    const ended = await app.database.db
      .selectFrom('platform.fact')
      .select('payload')
      .where('name', '=', 'organization.sessions-ended')
      .execute()
    expect(ended.map(({ payload }) => payload)).toContainEqual({ userId: id, count: 1 })
    expect((await go('only')).done.location).toBe('/sign-in?refused=provider-not-connected')
  })

  test('of two ways in that are closed at the same moment one stays', async () => {
    provider.people.first = { email: 'two@otter.example', email_verified: true }
    provider.people.second = provider.people.first
    const { session } = await go('first')
    expect((await connect('second', session)).location).toBe('/profile?connected')
    const both = await identities(session)
    expect(both).toHaveLength(2)
    // Holds both up at the last moment, so that they go on together.
    const { asked } = await withTransaction(app.database, async (db) => {
      await sql`lock table platform.fact in share mode`.execute(db)
      const asked = both.map(({ id }) => app.call('DELETE', `${url}/identities/${id}`, null, { cookie: session }))
      await sleep(300)
      return { asked }
    })
    const answers = await Promise.all(asked)
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect(await identities(session)).toHaveLength(1)
  })

  test('the way back works once, in the browser in which it was begun, and as the provider sent it', async () => {
    const good = await go('s1')
    const again = await app.call('GET', good.back.pathname + good.back.search, null, { cookie: good.way })
    expect(again.location).toBe('/sign-in?refused=provider-refused')
    const path = good.back.pathname + good.back.search
    expect((await app.call('GET', path)).location).toBe('/sign-in?refused=provider-way-lost')
    expect((await app.call('GET', path, null, { cookie: `${good.way.slice(0, -6)}AAAAAA` })).location).toBe(
      '/sign-in?refused=provider-way-lost',
    )
    const forged = await go('s1', { change: (address) => address.replace(/state=[^&]+/, 'state=forged') })
    expect(forged.done.location).toBe('/sign-in?refused=provider-refused')
    // Somebody else's way: their state, their verifier.
    expect((await go('s1', { way: good.way })).done.location).toBe('/sign-in?refused=provider-refused')
    const denied = await go('s1', { change: (address) => address.replace(/code=[^&]+/, 'error=access_denied') })
    expect(denied.done.location).toBe('/sign-in?refused=provider-refused')
    for (const one of [again, forged.done, denied.done]) expect(cookieOf(one.setCookie, 'patron.session_token')).toBe('')
  })

  test('unknown people stay outside where nobody is to be made; who is disabled stays outside in any case', async () => {
    await configure({ createsUsers: false })
    provider.people.new = { email: 'new@otter.example', email_verified: true }
    expect((await go('new')).done.location).toBe('/sign-in?refused=provider-unknown-person')
    await configure()
    const went = await go('new')
    const { id } = (await whoIs(went.session)) as { id: string }
    await app.call('PUT', `${url}/users/${id}/access`, { enabled: false }, { cookie: admin })
    app.forward(5000)
    expect(await whoIs(went.session)).toBeNull()
    expect((await go('new')).done.location).toBe('/sign-in?refused=account-disabled')
  })

  test('who has a second factor here is asked for it, whichever way they come', async () => {
    provider.people.careful = { email: 'careful@otter.example', email_verified: true }
    const { session } = await go('careful')
    const begun = await app.call('POST', '/api/auth/second-factor', {}, { cookie: session })
    const code = () => oneTimeCode(String(begun.body.key), new Date(app.now().getTime() + 60_000))
    expect((await app.call('POST', '/api/auth/second-factor/confirmation', { code: code() }, { cookie: session })).status).toBe(200)
    const half = await go('careful', { next: '/customers' })
    expect(half.done.location).toBe('/sign-in?next=%2Fcustomers&step=second-factor')
    expect(await whoIs(half.session)).toBeNull()
    app.forward(31_000)
    const full = await app.call('POST', '/api/auth/sign-in/second-factor', { code: code() }, { cookie: half.session })
    expect(await whoIs(full.cookie)).toMatchObject({ email: 'careful@otter.example' })
  })

  test('leads nowhere but home, however the address is written', async () => {
    for (const next of [
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      '/\t/evil.example',
      '\\\\evil.example',
      'javascript:alert(1)',
      '/..//evil.example',
      '/.//evil.example',
      '%2F%2Fevil.example',
      '',
    ]) {
      const there = ownPath(next, 'http://patron.test')
      expect(there.startsWith('/') && !there.startsWith('//') && !there.startsWith('/\\'), next).toBe(true)
      expect(new URL(there, 'http://patron.test').origin, next).toBe('http://patron.test')
    }
    expect(ownPath('/customers?tier=gold', 'http://patron.test')).toBe('/customers?tier=gold')
    expect((await go('s1', { next: '//evil.example/x' })).done.location).toBe('/')
  })

  test('nothing in the company’s own network is asked unless that is allowed, whatever a name stands for or a description names', async () => {
    const asked = provider.asked()
    await configure({ ownNetwork: false, issuer: provider.issuer.replace('127.0.0.1', 'localhost') })
    expect((await app.call('GET', start)).location).toBe('/sign-in?refused=provider-address-not-allowed')
    expect(provider.asked()).toBe(asked)
    await configure()
    provider.says = { userinfo_endpoint: `${provider.issuer}/me` }
    expect((await go('s1')).done.location).toBe('/')
    // Would lead to the same machine; nobody's provider lies there.
    provider.says = { token_endpoint: `${provider.issuer.replace('127.0.0.1', '0.0.0.0')}/token` }
    expect((await go('s1')).done.location).toBe('/sign-in?refused=provider-refused')
    provider.says = {}
  })

  test('a provider that is away is said so, and nobody is let in', async () => {
    await configure({ issuer: 'http://127.0.0.1:1' })
    expect((await app.call('GET', start)).location).toBe('/sign-in?refused=provider-away')
    await configure()
  })
})
