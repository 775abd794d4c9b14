import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { setting } from '#platform/module.ts'
import { refuse } from '#platform/refusal.ts'
import { administrator, company, type DoorApp, startDoor } from '#test/door.ts'
import { writeSetting } from './actions/settings.ts'
import { dayIn, endOfDay, organizationProfile, readSetting } from './public.ts'
import { settingValue } from './settings.ts'

test('days begin and end by the clock on the wall, also when it changes', () => {
  expect(dayIn('Asia/Shanghai', new Date('2026-01-31T17:30:00Z'))).toBe('2026-02-01')
  expect(dayIn('UTC', new Date('2026-01-31T17:30:00Z'))).toBe('2026-01-31')
  expect(endOfDay('UTC', '2026-02-28').toISOString()).toBe('2026-03-01T00:00:00.000Z')
  expect(endOfDay('Asia/Shanghai', '2026-02-01').toISOString()).toBe('2026-02-01T16:00:00.000Z')
  // Clocks go forward on 29 March and back on 25 October.
  expect(endOfDay('Europe/Berlin', '2026-03-28').toISOString()).toBe('2026-03-28T23:00:00.000Z')
  expect(endOfDay('Europe/Berlin', '2026-03-29').toISOString()).toBe('2026-03-29T22:00:00.000Z')
  expect(endOfDay('America/New_York', '2026-11-01').toISOString()).toBe('2026-11-02T05:00:00.000Z')
})

describe('settings', () => {
  let app: DoorApp
  let cookie: string
  beforeAll(async () => {
    app = await startDoor()
    cookie = await app.firstAdministrator()
  })
  afterAll(() => app.close())
  const call = (method: string, path: string, body: object | null = null) =>
    app.call(method, `/api/v1/organization/settings${path}`, body, { cookie })
  const profile = async () => {
    const { settings } = (await call('GET', '')).body as { settings: { key: string; version: number; value: unknown }[] }
    return settings.find((one) => one.key === 'organization.profile')!
  }

  test('a change holds at once, is kept with its author, and announced', async () => {
    const { version, value } = await profile()
    expect({ version, value }).toEqual({ version: 1, value: company })
    const changed = await call('PUT', '/organization.profile', { value: { ...company, name: 'Otters Ltd' }, version })
    expect(changed.body).toMatchObject({ key: 'organization.profile', version: 2, value: { name: 'Otters Ltd' } })
    expect((await readSetting(app.database.db, organizationProfile)).name).toBe('Otters Ltd')
    const history = (await call('GET', '/organization.profile/changes?limit=1')).body as { items: unknown[]; next: string }
    expect(history.items).toMatchObject([{ before: company, after: { name: 'Otters Ltd' }, changedByName: administrator.name }])
    const older = (await call('GET', `/organization.profile/changes?cursor=${history.next}`)).body
    expect(older).toMatchObject({ items: [{ before: null, after: company }], next: null })
    const facts = await app.database.db
      .selectFrom('platform.fact')
      .select('payload')
      .where('name', '=', 'organization.setting-changed')
      .execute()
    expect(facts.map((row) => row.payload)).toEqual([
      { key: 'organization.profile', version: 1, after: company },
      { key: 'organization.profile', version: 2, before: company, after: expect.objectContaining({ name: 'Otters Ltd' }) },
    ])
  })

  test('of two who change the same version one is told to look again', async () => {
    const { version } = await profile()
    const answers = await Promise.all(
      ['A', 'B', 'C'].map((name) => call('PUT', '/organization.profile', { value: { ...company, name }, version })),
    )
    expect(answers.map((a) => a.status).toSorted()).toEqual([200, 409, 409])
    expect(answers.find((a) => a.status === 409)!.body).toMatchObject({ reason: 'setting-changed-meanwhile' })
    expect((await profile()).version).toBe(version + 1)
  })

  test('the same value again is no change', async () => {
    const { version, value } = await profile()
    expect((await call('PUT', '/organization.profile', { value: value as object, version })).body).toMatchObject({ version })
  })

  test('a value that does not fit, or a setting that nobody has, is refused with its field', async () => {
    const { version } = await profile()
    const bad = await call('PUT', '/organization.profile', { value: { ...company, currency: 'gold' }, version })
    expect(bad).toMatchObject({ status: 422, body: { fields: [{ field: 'value.currency' }] } })
    expect(await call('PUT', '/organization.profile', { version })).toMatchObject({ status: 422 })
    expect(await call('PUT', '/organization.weather', { value: 1, version: 0 })).toMatchObject({
      status: 404,
      body: { reason: 'no-such-setting' },
    })
  })

  test('how the house is guarded is read by those who set it; what pages need, by everybody who is signed in', async () => {
    const reader = await app.colleague('reader@example.com', ['executive'])
    const keysFor = async (who: string) => {
      const { settings } = (await app.call('GET', '/api/v1/organization/settings', null, { cookie: who })).body as {
        settings: { key: string }[]
      }
      return new Set(settings.map(({ key }) => key))
    }
    const guarded = ['organization.single-sign-on', 'organization.customer-pages', 'organization.second-factor', 'organization.backups']
    const [read, set] = [await keysFor(reader.cookie), await keysFor(cookie)]
    expect([...set].filter((key) => !read.has(key)).toSorted()).toEqual(guarded.toSorted())
    expect(read).toContain('organization.profile')
  })

  test('a module may guard a setting, and then nothing is written', async () => {
    const { version } = await profile()
    const guard = { 'organization.profile': async () => Promise.reject(refuse('conflict', 'currency-in-use', 'There are amounts already')) }
    const refused = app.transaction((context) => {
      const modules = [...context.house.modules, { name: 'guard', api: {}, actions: {}, permissions: {}, settingGuards: guard }]
      return writeSetting({ ...context, house: { modules } }, organizationProfile, { ...company, currency: 'CNY' }, version)
    })
    await expect(refused).rejects.toMatchObject({ reason: 'currency-in-use' })
    expect(await readSetting(app.database.db, organizationProfile)).toMatchObject({ currency: 'EUR' })
  })
})

describe('what holds for a setting', () => {
  const rate = setting('test.rate', z.object({ rate: z.number(), windows: z.array(z.int()) }), { rate: 0.01, windows: [30, 90] })
  test('its initial value until somebody sets it', () => expect(settingValue(rate, undefined)).toEqual({ rate: 0.01, windows: [30, 90] }))
  test('fields that a later version added take their initial values', () =>
    expect(settingValue(rate, { rate: 0.02 })).toEqual({ rate: 0.02, windows: [30, 90] }))
  test('a stored value that no longer fits is an error that names the setting', () =>
    expect(() => settingValue(rate, { rate: 'much' })).toThrow(/test\.rate/))
})
