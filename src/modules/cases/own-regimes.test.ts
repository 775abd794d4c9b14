import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import { createUser, organizationProfile, settingWithVersion, writeSetting } from '#modules/organization/public.ts'
import type { Actor } from '#platform/context.ts'
import { system } from '#platform/context.ts'
import { type App, startApp } from '#test/app.ts'
import { promisesTo } from './actions/promise.ts'
import { casesApi } from './api.ts'
import { checks } from './checks.ts'
import { watchClocks } from './jobs/clocks.ts'
import { regimesSetting } from './settings.ts'

let app: App
let customerId: string
let ada: Actor
const vienna = (text: string) => new Date(`${text}:00+01:00`)
const monday = vienna('2026-02-02T10:00')
beforeAll(async () => {
  app = await startApp({ now: monday })
  const id = await app.transaction(async (context) => {
    await writeSetting(context, organizationProfile, { name: 'Tea', currency: 'EUR', timeZone: 'Europe/Vienna', locale: 'en' }, 0)
    return (await createUser(context, { name: 'Ada', email: 'ada@example.com', roles: ['agent'] })).user.id
  })
  const office = [{ from: 540, to: 1080 }]
  await app.as(organizationApi).createCalendar({
    name: 'Office',
    standard: true,
    hours: { timeZone: 'Europe/Vienna', week: [office, office, office, office, office, [], []], specialDays: [] },
  })
  ada = { kind: 'person', id, name: 'Ada', roles: [], can: (p) => p !== 'organization.manage', reach: () => 'all' }
  customerId = (await app.as(customersApi).create({ values: { name: 'Harbour Tea' } })).id
})
afterAll(() => app.close())
beforeEach(() => {
  app.now = monday
})

const cases = () => app.as(casesApi, ada)
const administrator = () => app.as(casesApi)
type Written = Omit<Parameters<ReturnType<typeof administrator>['addRegime']>[0], 'version'>
const days = (amount: number) => ({ unit: 'calendar-days' as const, amount })
const market: Written = {
  names: { en: 'Market', 'zh-CN': '市场', 'zh-TW': '' },
  source: { title: 'Terms of the market', provisions: '4.2', url: 'https://market.example/terms' },
  clocks: [
    {
      key: null,
      names: { en: 'Answer', 'zh-CN': '', 'zh-TW': '' },
      ends: 'responded',
      measure: { unit: 'business-days', amount: 2 },
      missing: 'breach',
      warnAtShare: 0.75,
      escalateAtShare: 0.9,
      extensions: [],
    },
    {
      key: null,
      names: { en: 'Decide', 'zh-CN': '决定', 'zh-TW': '' },
      ends: 'resolved',
      measure: days(10),
      missing: 'breach',
      warnAtShare: 0.75,
      escalateAtShare: 0.9,
      extensions: [{ key: null, names: { en: 'Further inquiries', 'zh-CN': '', 'zh-TW': '' }, measure: days(20), needs: 'reason' }],
    },
  ],
  retention: null,
}
const add = async (said: Written) => administrator().addRegime({ ...said, version: (await administrator().regimes({})).version })
const inForce = async (...keys: string[]) => {
  const { version } = await app.transaction(({ db }) => settingWithVersion(db, regimesSetting))
  const value = { inForce: keys.map((regime) => ({ regime, kinds: ['complaint' as const] })) }
  await app.transaction((context) => writeSetting(context, regimesSetting, value, version))
}
let matter = 0
const complaint = () =>
  cases().open({
    kind: 'complaint',
    customerId,
    subject: `Jars broken ${++matter}`,
    description: 'Two of ten',
    channel: 'phone',
    category: 'freight',
    reason: 'damage',
    productCode: `p${matter}`,
    target: { kind: 'company', name: null, userId: null, departmentId: null },
    demand: { kind: 'exchange', text: null, amountMinor: null },
  })
const clocksOf = async (caseId: string, regime: string) =>
  (await cases().clocks({ caseId })).clocks.filter(({ slot }) => slot === `regime:${regime}`)
const watch = () => app.transaction((context) => watchClocks(context.actingAs(system)))

describe('a case under rules of one’s own', () => {
  test('shows their clocks by their names, is extended with a reason, warned and late, and keeps the version that it began with', async () => {
    const { rules } = await add(market)
    expect(rules).toMatchObject({ key: 'own-market', ships: false, retired: false, version: 1, kinds: [] })
    expect(rules.clocks.map(({ key, extensions }) => [key, extensions.map((one) => one.key)])).toEqual([
      ['answer', []],
      ['decide', ['further-inquiries']],
    ])
    await inForce('own-market')
    const made = await complaint()
    const { id } = made
    expect((await cases().one({ caseId: id })).regimes).toEqual(['own-market@1'])
    const [answer, decide] = await clocksOf(id, 'own-market@1')
    expect(answer).toMatchObject({ key: 'regime:own-market@1:answer', state: 'running', dueAt: vienna('2026-02-04T18:00') })
    expect(decide).toMatchObject({
      key: 'regime:own-market@1:decide',
      names: { en: 'Decide', 'zh-CN': '决定', 'zh-TW': '' },
      termsNames: market.names,
      ...{ source: 'regime', terms: 'own-market', termsVersion: 1, policyName: null, dueAt: vienna('2026-02-13T00:00') },
      extensions: [{ key: 'further-inquiries', needs: 'reason', names: { en: 'Further inquiries', 'zh-CN': '', 'zh-TW': '' } }],
    })
    expect(decide!.why.find(({ part }) => part === 'terms')).toMatchObject({ name: 'own-market', version: 1, names: market.names })

    // What is written now is another version, for whoever comes from now on.
    const changed = await administrator().changeRegime({
      ...{ regimeKey: 'own-market', version: (await administrator().regimes({})).version, retired: false },
      ...market,
      names: { ...market.names, en: 'The new market' },
      clocks: rules.clocks.map((clock) => ({
        ...clock,
        names: clock.names!,
        measure: clock.key === 'decide' ? days(5) : clock.measure,
        extensions: clock.extensions.map((one) => ({ ...one, names: one.names! })),
      })),
    })
    expect(changed.rules).toMatchObject({ version: 2, kinds: ['complaint'] })
    expect((await clocksOf(id, 'own-market@1')).map(({ dueAt }) => dueAt)).toEqual([answer!.dueAt, decide!.dueAt])
    expect((await clocksOf(id, 'own-market@1'))[1]).toMatchObject({ termsNames: market.names, termsVersion: 1 })
    const later = await complaint()
    expect((await clocksOf(later.id, 'own-market@2'))[1]).toMatchObject({ dueAt: vienna('2026-02-08T00:00'), termsVersion: 2 })

    const extension = { caseId: id, regime: 'own-market@1', target: 'regime:own-market@1:decide', reason: 'Laboratory' }
    await expect(
      cases().extend({ ...extension, version: made.version, regime: 'own-market@2', extension: 'further-inquiries' }),
    ).rejects.toMatchObject({ status: 422, reason: 'no-such-regime' })
    await expect(cases().extend({ ...extension, version: made.version, extension: 'longer' })).rejects.toMatchObject({
      reason: 'no-such-extension',
    })
    await cases().extend({ ...extension, version: made.version, extension: 'further-inquiries' })
    const longer = (await clocksOf(id, 'own-market@1'))[1]!
    expect(longer.dueAt).toEqual(vienna('2026-02-23T00:00'))
    expect(longer.why.find(({ part }) => part === 'extended')).toMatchObject({
      extension: 'further-inquiries',
      names: { en: 'Further inquiries' },
    })

    const said = async () =>
      (await cases().log({ caseId: id })).events.flatMap(({ kind, said: words }) =>
        String(words.clock ?? '').startsWith('regime:own-market@1:decide') ? [kind] : [],
      )
    app.now = new Date(longer.warnAt!.getTime() + 60_000)
    await watch()
    expect(await said()).toEqual(['warned'])
    app.now = new Date(longer.dueAt!.getTime() + 60_000)
    await watch()
    expect((await said()).toSorted()).toEqual(['breached', 'escalated', 'warned'])
    expect((await clocksOf(id, 'own-market@1'))[1]).toMatchObject({ state: 'breached', breachedAt: vienna('2026-02-23T00:00') })
    expect((await cases().one({ caseId: id })).late).toContain('regime:own-market@1:decide')
  })

  test('keeps them when they are retired, which takes them out of force for all who come later', async () => {
    const { rules } = await add({ ...market, names: { ...market.names, en: 'Guild' } })
    await inForce('own-guild', 'us-cfpb')
    const before = await complaint()
    const saidAgain = {
      ...market,
      ...{ names: rules.names!, regimeKey: rules.key, retired: true },
      clocks: rules.clocks.map((clock) => ({
        ...clock,
        names: clock.names!,
        extensions: clock.extensions.map((one) => ({ ...one, names: one.names! })),
      })),
    }
    const { version } = await administrator().regimes({})
    const retired = await administrator().changeRegime({ ...saidAgain, version })
    // Nothing of what they say has changed, so there is no other version of it.
    expect(retired.rules).toMatchObject({ retired: true, version: 1, kinds: [] })
    expect(await clocksOf(before.id, 'own-guild@1')).toHaveLength(2)
    expect((await cases().one({ caseId: (await complaint()).id })).regimes).toEqual(['us-cfpb'])
    const again = await administrator().changeRegime({ ...saidAgain, retired: false, version: retired.version })
    expect(again.rules).toMatchObject({ retired: false, version: 1, kinds: [] })
  })

  test('hears the promise of them on the company’s pages, where they are a promise and no law', async () => {
    const quick: Written = {
      ...market,
      names: { en: 'Six hours', 'zh-CN': '', 'zh-TW': '' },
      source: null,
      clocks: [{ ...market.clocks[0]!, measure: { unit: 'minutes', amount: 360 } }],
    }
    const { rules } = await add(quick)
    await inForce(rules.key, 'feedback-24h')
    const promised = await app.transaction(({ db }) => promisesTo(db, 'en'))
    expect(promised).toHaveLength(1)
    expect(promised[0]).toContain('6')
    const [clock] = await clocksOf((await complaint()).id, `${rules.key}@1`)
    // Made to everybody: no policy, so nobody's tier shows by it.
    expect(clock).toMatchObject({ source: 'policy', terms: rules.key, policyName: null, termsVersion: null, termsNames: quick.names })
  })
})

describe('who writes them', () => {
  test('is whoever puts rules in force; whoever handles cases reads them', async () => {
    const { regimes, version } = await cases().regimes({})
    expect(regimes.find(({ key }) => key === 'uk-fca')).toMatchObject({ ships: true, version: null, names: null, retired: false })
    // Who may do everything but change settings, a supervisor's `cases.manage` included.
    await expect(cases().addRegime({ ...market, version })).rejects.toMatchObject({ status: 403, reason: 'permission-missing' })
    await expect(administrator().addRegime({ ...market, version: version - 1 })).rejects.toMatchObject({
      status: 409,
      reason: 'changed-meanwhile',
    })
    await expect(administrator().changeRegime({ ...market, regimeKey: 'own-nowhere', retired: false, version })).rejects.toMatchObject({
      status: 404,
      reason: 'no-such-rules',
    })
  })

  test('is told what is wrong with them, at the field', async () => {
    const [first, second] = market.clocks
    const refusedFor = (said: Written) =>
      add(said).then(
        () => null,
        ({ status, fields }) => ({ status, fields: fields.map((one: { field: string; reason: string }) => `${one.field} ${one.reason}`) }),
      )
    expect(await refusedFor({ ...market, names: { en: ' ', 'zh-CN': '', 'zh-TW': '' }, clocks: [] })).toEqual({
      status: 422,
      fields: ['names unnamed', 'clocks no-clocks'],
    })
    expect(await refusedFor({ ...market, clocks: [first!, { ...second!, measure: days(20) }] })).toEqual({
      status: 422,
      fields: ['clocks.1.extensions.0.measure extension-not-longer'],
    })
    expect(await refusedFor({ ...market, source: { ...market.source!, url: 'javascript:alert(1)' } })).toEqual({
      status: 422,
      fields: ['source.url no-link'],
    })
    // What the contract knows itself never gets as far as an action.
    const { version } = await administrator().regimes({})
    const sent = async (clocks: readonly object[]) => {
      const body = JSON.stringify({ ...market, version, clocks })
      const response = await app.request('/api/v1/case-regimes', { method: 'POST', body, headers: { 'content-type': 'application/json' } })
      const { fields } = (await response.json()) as { fields: { field: string }[] }
      return [response.status, ...fields.map(({ field }) => field)]
    }
    expect(await sent([{ ...first!, ends: 'closed' }])).toEqual([422, 'clocks.0.ends'])
    expect(await sent([{ ...first!, measure: { unit: 'moons', amount: 1 } }])).toEqual([422, 'clocks.0.measure.unit'])
    expect(await sent([{ ...first!, measure: { unit: 'minutes', amount: 1.5 } }])).toEqual([422, 'clocks.0.measure.amount'])
    expect(await sent(Array(11).fill(first))).toEqual([422, 'clocks'])
    expect((await administrator().regimes({})).regimes.some(({ clocks }) => clocks.length > 10)).toBe(false)
  })

  test('cannot make untrue what cases stand under, by the setting either', async () => {
    const organization = app.as(organizationApi)
    const { settings } = await organization.settings({})
    const { version, value } = settings.find(({ key }) => key === 'cases.own-regimes')!
    const { regimes } = value as { regimes: { key: string; versions: { names: object; clocks: object[] }[] }[] }
    const write = (next: unknown) => organization.changeSetting({ key: 'cases.own-regimes', version, value: { regimes: next } })
    const [one, ...others] = regimes
    await expect(write(others)).rejects.toMatchObject({ status: 409, reason: 'regime-gone' })
    const otherwise = { ...one!, versions: one!.versions.map((each) => ({ ...each, retention: { years: 9, from: 'closed', by: 'law' } })) }
    await expect(write([otherwise, ...others])).rejects.toMatchObject({ status: 409, reason: 'regime-version-fixed' })
    await expect(write([...regimes, one])).rejects.toMatchObject({ status: 409, reason: 'regime-twice' })
    await expect(write([...regimes, { ...one, key: 'uk-fca' }])).rejects.toMatchObject({
      status: 422,
      fields: [{ field: `value.regimes.${regimes.length}.key` }],
    })
    const empty = { ...one!, versions: [...one!.versions, { ...one!.versions[0]!, clocks: [] }] }
    await expect(write([empty, ...others])).rejects.toMatchObject({
      status: 422,
      fields: [{ field: `value.regimes.0.versions.${one!.versions.length}.clocks`, reason: 'no-clocks' }],
    })
  })
})

test('the doctor says which rules are in force that nobody knows, and which cases began under some that are gone', async () => {
  const check = checks.find(({ name }) => name === 'cases.rules')!
  const found = () => app.transaction(({ db, now }) => check.run(db, now))
  await inForce('own-market')
  expect((await found()).state).toBe('good')
  await inForce('own-market', 'own-never')
  expect(await found()).toMatchObject({ state: 'look', detail: expect.stringContaining('own-never') })
  await inForce('own-market')
  const { id } = await complaint()
  await sql`update cases.event set data = jsonb_set(data, '{regimes}', '["own-lost@4"]') where case_id = ${id}::uuid and seq = 1`.execute(
    app.db,
  )
  expect(await found()).toMatchObject({ state: 'broken', detail: expect.stringContaining('own-lost@4') })
  for (const [state, says] of [
    ['resolved', 'broken'],
    ['withdrawn', 'good'],
  ] as const) {
    // No clock runs in what has ended; a log of millions is not read for it.
    await sql`update cases.case set state = ${state} where id = ${id}::uuid`.execute(app.db)
    expect((await found()).state).toBe(says)
  }
})
