import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { forgetOldAttempts } from '#platform/sign-in/throttle.ts'
import { administrator, type DoorApp, startDoor } from '#test/door.ts'
import { deviceOf } from './domain/device.ts'
import { jobs } from './jobs.ts'

const url = '/api/v1/organization'
let app: DoorApp
let admin: string
beforeAll(async () => {
  app = await startDoor({ TRUSTED_PROXIES: '10.0.0.0/8' })
  admin = await app.firstAdministrator()
})
afterAll(() => app.close())
beforeEach(() => forgetOldAttempts(app.database.db, new Date('2100-01-01')))

describe('sessions', () => {
  interface Shown {
    readonly id: string
    readonly browser: string | null
    readonly system: string | null
    readonly address: string
    readonly usedAt: string
    readonly current: boolean
  }
  const list = async (cookie: string) => (await app.call('GET', `${url}/sessions`, null, { cookie })).body.items as Shown[]
  const alive = async (cookie: string) => (await app.call('GET', `${url}/people`, null, { cookie })).status === 200

  test('are listed with device, address and which one is this', async () => {
    const { password } = await app.colleague('sessions@example.com', ['agent'])
    const phone =
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1'
    const { cookie } = await app.signIn('sessions@example.com', password, { socket: '198.51.100.4', headers: { 'user-agent': phone } })
    const all = await list(cookie)
    expect(all).toHaveLength(2)
    expect(all.find(({ current }) => current)).toMatchObject({ browser: 'Safari', system: 'iPhone', address: '198.51.100.4' })
    expect(all.find(({ current }) => !current)).toMatchObject({ browser: null, system: null, address: '203.0.113.7' })
    expect(JSON.stringify(all)).not.toContain(cookie.split('=')[1]!.slice(0, 20))
  })

  test('a network of the new kind of address is shown as such, and an address that a proxy names is believed from proxies only', async () => {
    const { password } = await app.colleague('networks@example.com', ['agent'])
    const six = await app.signIn('networks@example.com', password, { socket: '2001:db8:1:2::1' })
    expect((await list(six.cookie)).map(({ address }) => address)).toContain('2001:db8:1:2::/64')
    await app.signIn('networks@example.com', password, { socket: '198.51.100.9', headers: { 'x-forwarded-for': '192.0.2.1' } })
    await app.signIn('networks@example.com', password, { socket: '10.1.1.1', headers: { 'x-forwarded-for': '192.0.2.2' } })
    const addresses = (await list(six.cookie)).map(({ address }) => address)
    expect(addresses).toEqual(expect.arrayContaining(['198.51.100.9', '192.0.2.2']))
    expect(addresses).not.toContain('192.0.2.1')
  })

  test('one is ended, or all others; never somebody else’s', async () => {
    const { password, cookie } = await app.colleague('ending@example.com', ['agent'])
    const [one, two, three] = await Promise.all([1, 2, 3].map(async () => (await app.signIn('ending@example.com', password)).cookie))
    const current = async (cookie: string) => (await list(cookie)).find((session) => session.current)!.id
    const stranger = await app.colleague('stranger@example.com', ['agent'])
    const end = (id: string, as: string) => app.call('DELETE', `${url}/sessions/${id}`, null, { cookie: as })
    expect((await end(await current(one!), stranger.cookie)).status).toBe(404)
    expect((await end(await current(one!), two!)).body).toEqual({ ended: 1 })
    app.forward(5000)
    expect(await alive(one!)).toBe(false)
    expect(await alive(three!)).toBe(true)
    expect((await app.call('DELETE', `${url}/sessions`, null, { cookie: two! })).body).toEqual({ ended: 2 })
    app.forward(5000)
    expect([await alive(two!), await alive(three!), await alive(cookie)]).toEqual([true, false, false])
    expect(await alive(stranger.cookie)).toBe(true)
  })

  test('an administrator sees and ends those of another', async () => {
    const { id, cookie, password } = await app.colleague('watched@example.com', ['agent'])
    const second = (await app.signIn('watched@example.com', password)).cookie
    const ofThem = `${url}/users/${id}/sessions`
    expect((await app.call('GET', ofThem, null, { cookie })).status).toBe(403)
    const items = (await app.call('GET', ofThem, null, { cookie: admin })).body.items as Shown[]
    expect(items).toHaveLength(2)
    expect(items.some(({ current }) => current)).toBe(false)
    expect((await app.call('DELETE', `${ofThem}/${items[0]!.id}`, null, { cookie: admin })).body).toEqual({ ended: 1 })
    expect((await app.call('DELETE', ofThem, null, { cookie: admin })).body).toEqual({ ended: 1 })
    app.forward(5000)
    expect([await alive(cookie), await alive(second)]).toEqual([false, false])
    const told = await app.database.db.selectFrom('platform.fact').selectAll().where('name', '=', 'organization.sessions-ended').execute()
    expect(told.filter(({ payload }) => (payload as { userId: string }).userId === id)).toHaveLength(2)
  })

  test('the last use is noted beside the requests', async () => {
    const { cookie } = await app.colleague('used@example.com', ['agent'])
    const other = await app.colleague('onlooker@example.com', ['agent'])
    app.forward(3_600_000)
    expect(await alive(cookie)).toBe(true)
    const rows = () => app.database.db.selectFrom('platform.session').select('used_at').where('used_at', 'is not', null).execute()
    const before = (await rows()).length
    await app.noteUses()
    expect((await rows()).length).toBeGreaterThan(before)
    expect(await alive(other.cookie)).toBe(true)
  })

  test('names of devices', () => {
    const chrome = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
    expect(deviceOf(chrome)).toEqual({ browser: 'Chrome', system: 'Windows' })
    expect(deviceOf(`${chrome} Edg/140.0`)).toEqual({ browser: 'Edge', system: 'Windows' })
    expect(deviceOf('Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36 MicroMessenger/8.0')).toEqual({
      browser: 'WeChat',
      system: 'Android',
    })
    expect(deviceOf('<script>alert(1)</script>')).toEqual({ browser: null, system: null })
  })
})

describe('keys', () => {
  const key = (value: unknown) => ({ headers: { authorization: `Bearer ${value}` } })
  const make = (cookie: string, more: object = {}) =>
    app.call(
      'POST',
      `${url}/keys`,
      { name: 'Shop', permissions: ['organization.read', 'customers.read'], expiresAt: null, ...more },
      { cookie },
    )
  const people = (as: object) => app.call('GET', `${url}/people`, null, as)

  test('a key is shown once, recognisable, kept as its hash, and does what it was given, nothing else', async () => {
    const { cookie } = await app.colleague('maker@example.com', ['agent'])
    const made = await make(cookie)
    expect(made.body.key).toMatch(/^patron_[\w-]{43}$/)
    const text = String(made.body.key)
    for (const table of ['platform.api_key', 'platform.fact', 'platform.idempotency'] as const) {
      const rows = await app.database.db.selectFrom(table).selectAll().execute()
      expect(JSON.stringify(rows)).not.toContain(text.slice(20))
    }
    expect((await people(key(text))).status).toBe(200)
    expect((await app.call('GET', '/api/v1/customers?limit=1', null, key(text))).status).toBe(200)
    expect(await app.call('POST', '/api/v1/customers', { name: 'X' }, key(text))).toMatchObject({
      status: 403,
      body: { reason: 'permission-missing' },
    })
    const listed = (await app.call('GET', `${url}/keys`, null, { cookie })).body.items as Record<string, unknown>[]
    expect(listed).toMatchObject([{ name: 'Shop', beginning: text.slice(0, 12), forService: false, usedAt: null }])
    expect(JSON.stringify(listed)).not.toContain(text)
    await app.noteUses()
    expect((await app.call('GET', `${url}/keys`, null, { cookie })).body.items).toMatchObject([{ usedAt: expect.any(String) }])
  })

  test('nobody gives a key more than they have, or one that is over', async () => {
    const { cookie } = await app.colleague('modest@example.com', ['agent'])
    expect(await make(cookie, { permissions: ['organization.manage-users'] })).toMatchObject({
      status: 403,
      body: { reason: 'key-beyond-maker' },
    })
    expect(await make(cookie, { permissions: ['no.such'] })).toMatchObject({ status: 403, body: { reason: 'key-beyond-maker' } })
    expect(await make(cookie, { permissions: [] })).toMatchObject({ status: 422 })
    expect(await make(cookie, { forService: true })).toMatchObject({ status: 403, body: { reason: 'services-by-administrators' } })
    expect(await make(cookie, { expiresAt: '2020-01-01T00:00:00Z' })).toMatchObject({ status: 422, body: { reason: 'expires-in-past' } })
    expect((await make(admin, { forService: true, name: 'Till' })).status).toBe(200)
  })

  test('a wrong key is nobody, also beside a right cookie; other words than Bearer are not ours', async () => {
    const { cookie } = await app.colleague('careful@example.com', ['agent'])
    const text = String((await make(cookie)).body.key)
    for (const wrong of [
      `${text}x`,
      text.slice(0, -1),
      text.toUpperCase(),
      text.slice(7),
      'patron_',
      'null',
      'patron_'.padEnd(5000, 'a'),
    ]) {
      expect((await people(key(wrong))).status, wrong).toBe(401)
    }
    expect((await people({ cookie, ...key(`${text}x`) })).status).toBe(401)
    expect((await people({ cookie, headers: { authorization: 'Basic cHJveHk6cHJveHk=' } })).status).toBe(200)
    expect((await app.call('GET', `${url}/people?key=${text}`)).status).toBe(401)
  })

  test('expired, revoked, its owner disabled or deprived: dead within five seconds', async () => {
    const { id, cookie } = await app.colleague('mortal@example.com', ['supervisor'])
    const later = new Date(app.now().getTime() + 3_600_000).toISOString()
    const brief = String((await make(cookie, { expiresAt: later })).body.key)
    const lasting = await make(cookie)
    const text = String(lasting.body.key)
    expect([(await people(key(brief))).status, (await people(key(text))).status]).toEqual([200, 200])
    app.forward(3_700_000)
    expect([(await people(key(brief))).status, (await people(key(text))).status]).toEqual([401, 200])
    app.forward(-3_700_000)
    // Less for the owner is less for the key.
    expect((await app.call('GET', '/api/v1/customers?limit=1', null, key(text))).status).toBe(200)
    await app.call('PUT', `${url}/users/${id}/roles`, { before: ['supervisor'], roles: [] }, { cookie: admin })
    app.forward(5000)
    expect((await app.call('GET', '/api/v1/customers?limit=1', null, key(text))).status).toBe(403)
    await app.call('PUT', `${url}/users/${id}/roles`, { before: [], roles: ['supervisor'] }, { cookie: admin })
    app.forward(5000)
    expect((await people(key(text))).status).toBe(200)
    await app.call('PUT', `${url}/users/${id}/access`, { enabled: false }, { cookie: admin })
    app.forward(5000)
    expect((await people(key(text))).status).toBe(401)
    await app.call('PUT', `${url}/users/${id}/access`, { enabled: true }, { cookie: admin })
    app.forward(5000)
    expect((await people(key(text))).status).toBe(200)
    expect((await app.call('DELETE', `${url}/all-keys/${lasting.body.id}`, null, { cookie: admin })).status).toBe(200)
    app.forward(5000)
    expect((await people(key(text))).status).toBe(401)
    expect((await app.call('DELETE', `${url}/all-keys/${lasting.body.id}`, null, { cookie: admin })).status).toBe(404)
  })

  test('one’s own is revoked by oneself, not by another; administrators see all', async () => {
    const { cookie } = await app.colleague('owner@example.com', ['agent'])
    const other = await app.colleague('thief@example.com', ['agent'])
    const { id } = (await make(cookie)).body
    expect((await app.call('DELETE', `${url}/keys/${id}`, null, { cookie: other.cookie })).status).toBe(404)
    expect((await app.call('GET', `${url}/all-keys`, null, { cookie })).status).toBe(403)
    const all = (await app.call('GET', `${url}/all-keys?limit=200`, null, { cookie: admin })).body.items as { id: string; owner: object }[]
    expect(all.find((one) => one.id === id)).toMatchObject({ owner: { name: 'Grace Hopper' } })
    expect((await app.call('DELETE', `${url}/keys/${id}`, null, { cookie })).status).toBe(200)
    expect(((await app.call('GET', `${url}/keys`, null, { cookie })).body.items as object[]).length).toBe(0)
  })

  test('a key makes no keys, ends no sessions and does not sign in', async () => {
    const text = String((await make(admin, { permissions: ['organization.read', 'organization.make-keys'] })).body.key)
    const body = { name: 'Child', permissions: ['organization.read'], expiresAt: null }
    for (const [method, path] of [
      ['POST', 'keys'],
      ['GET', 'keys'],
      ['GET', 'sessions'],
      ['DELETE', 'sessions'],
      ['GET', 'second-factor'],
    ] as const)
      expect(await app.call(method, `${url}/${path}`, method === 'POST' ? body : null, key(text)), path).toMatchObject({
        status: 403,
        body: { reason: 'not-by-key' },
      })
    for (const path of ['change-password', 'second-factor', 'second-factor/confirmation'])
      expect((await app.call('POST', `/api/auth/${path}`, { code: '123456' }, key(text))).status, path).toBe(401)
  })

  test('the check of origins is for cookies; with a key there is none, and sign-in keeps it', async () => {
    const { cookie } = await app.colleague('cross@example.com', ['supervisor'])
    const text = String((await make(cookie, { permissions: ['organization.read'] })).body.key)
    const foreign = { origin: 'https://shop.example', 'sec-fetch-site': 'cross-site' }
    const rename = (as: object) => app.call('PATCH', `${url}/session`, { theme: 'dark' }, as)
    expect((await rename({ cookie, headers: foreign })).status).toBe(403)
    expect((await rename({ headers: { ...foreign, ...key(text).headers } })).status).toBe(200)
    // A page elsewhere that adds a made-up key to somebody's cookie gets the key's answer: nobody.
    expect((await rename({ cookie, headers: { ...foreign, authorization: 'Bearer patron_made-up' } })).status).toBe(401)
    const attempt = await app.call('POST', '/api/auth/sign-in/email', administrator, { headers: { ...foreign, ...key(text).headers } })
    expect(attempt).toMatchObject({ status: 403, body: { reason: 'foreign-origin' } })
  })

  test('a role that needs a second factor stops its holders’ keys until they have one', async () => {
    const { cookie } = await app.colleague('behind@example.com', ['executive'])
    const text = String((await make(cookie)).body.key)
    const set = (roles: string[], version: number) =>
      app.call('PUT', `${url}/settings/organization.second-factor`, { value: { roles }, version }, { cookie: admin })
    expect((await set(['executive'], 0)).status).toBe(200)
    app.forward(5000)
    expect((await people(key(text))).status).toBe(401)
    expect((await set([], 1)).status).toBe(200)
    app.forward(5000)
    expect((await people(key(text))).status).toBe(200)
  })
})

test('attempts that limit nothing any more are forgotten each night, so that an attack does not fill the table', async () => {
  const count = async () => (await app.database.db.selectFrom('platform.sign_in_attempt').select('key').execute()).length
  for (let i = 0; i < 5; i++) await app.signIn(`guess-${i}@example.com`, 'a wrong password', { socket: `198.51.100.${i}` })
  const nightly = jobs.find(({ name }) => name === 'organization.forget-attempts')!
  const night = () => app.transaction((context) => nightly.run(context, {} as never))
  expect(nightly.every).toMatch(/^\d+ 3 \* \* \*$/)
  await night()
  const there = await count()
  expect(there).toBeGreaterThanOrEqual(15)
  app.forward(2 * 86_400_000)
  await night()
  expect(await count()).toBe(0)
})
