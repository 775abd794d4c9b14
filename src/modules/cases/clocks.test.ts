import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import { createUser, organizationProfile, writeSetting } from '#modules/organization/public.ts'
import type { Actor } from '#platform/context.ts'
import { system } from '#platform/context.ts'
import { type App, everybody, startApp } from '#test/app.ts'
import { casesApi } from './api.ts'
import { watchClocks } from './jobs/clocks.ts'
import { regimesSetting } from './settings.ts'

let app: App
let customerId: string
let ada: Actor
let chief: string
const shanghai = (text: string) => new Date(`${text}:00+08:00`)
// Monday.
beforeAll(async () => {
  app = await startApp({ now: shanghai('2026-03-09T10:00') })
  const [one, two] = await app.transaction(async (context) => {
    await writeSetting(context, organizationProfile, { name: 'Tea', currency: 'CNY', timeZone: 'Asia/Shanghai', locale: 'en' }, 0)
    const person = async (name: string, role: string) =>
      (await createUser(context, { name, email: `${name}@example.com`.toLowerCase(), roles: [role] })).user.id
    return [await person('Ada', 'agent'), await person('Cid', 'supervisor')]
  })
  chief = two!
  const office = [{ from: 540, to: 1080 }]
  await app.as(organizationApi).createCalendar({
    name: 'Office',
    standard: true,
    hours: { timeZone: 'Asia/Shanghai', week: [office, office, office, office, office, [], []], specialDays: [] },
  })
  ada = { kind: 'person', id: one!, name: 'Ada', roles: [], can: (p) => p !== 'cases.approve' && p !== 'cases.manage', reach: () => 'all' }
  customerId = (await app.as(customersApi).create({ values: { name: 'Harbour Tea' } })).id
})
afterAll(() => app.close())

const cases = () => app.as(casesApi, ada)
const complaint = async (more: object = {}) =>
  cases().open({
    kind: 'complaint',
    customerId,
    subject: 'Jars broken',
    description: 'Two of ten',
    channel: 'phone',
    category: 'freight',
    reason: 'damage',
    target: { kind: 'company', name: null, userId: null, departmentId: null },
    demand: { kind: 'exchange', text: null, amountMinor: null },
    ...more,
  })
const clockOf = async (caseId: string, key: string) => (await cases().clocks({ caseId })).clocks.findLast((clock) => clock.key === key)!
const watch = () => app.transaction((context) => watchClocks(context.actingAs(system)))

describe('clocks of a case', () => {
  test('are those of the policy, which nobody falls below, beside those of the rules that hold, each with a reason', async () => {
    const { id } = await complaint()
    const { clocks } = await cases().clocks({ caseId: id })
    expect(new Set(clocks.map(({ slot }) => slot))).toEqual(new Set(['policy', 'regime:iso-10002', 'regime:feedback-24h']))
    const acknowledge = await clockOf(id, 'acknowledge')
    expect(acknowledge).toMatchObject({ state: 'running', source: 'policy' })
    expect(acknowledge.why.map(({ part }) => part)).toEqual(expect.arrayContaining(['due', 'measure', 'terms']))
    expect((await cases().list({ queue: 'mine' })).items.find((one) => one.id === id)?.dueAt).toEqual(
      new Date(Math.min(...clocks.flatMap(({ dueAt }) => (dueAt ? [dueAt.getTime()] : [])))),
    )
  })

  test('that came in at night is due after the beginning of working hours, and the promise of 24 hours runs through the night', async () => {
    app.now = shanghai('2026-03-10T03:00')
    const { id } = await complaint({ reason: 'loss' })
    const acknowledge = await clockOf(id, 'acknowledge')
    expect(acknowledge.dueAt!.getTime()).toBeGreaterThanOrEqual(shanghai('2026-03-10T09:00').getTime())
    const promise = await clockOf(id, 'regime:feedback-24h:answer')
    expect(promise.dueAt).toEqual(shanghai('2026-03-11T03:00'))
    // It is made to everybody, so everybody reads whose promise it is.
    expect([promise.terms, promise.policyName]).toEqual(['feedback-24h', null])
    expect(promise.why.find(({ part }) => part === 'terms')).toMatchObject({ name: 'feedback-24h' })
    app.now = shanghai('2026-03-09T10:00')
  })

  test('stop when it is met, and a pause moves only what may pause', async () => {
    const { id, version } = await complaint({ reason: 'deterioration' })
    const before = await clockOf(id, 'resolve')
    app.now = shanghai('2026-03-09T11:00')
    const after = await cases().acknowledge({ caseId: id, version, text: 'We look at it', sent: 'hand', answerBy: null })
    expect(await clockOf(id, 'acknowledge')).toMatchObject({ state: 'met', metAt: shanghai('2026-03-09T11:00') })
    const { version: paused } = await cases().pause({ caseId: id, version: after.version, reason: 'Waits for pictures', until: null })
    expect(await clockOf(id, 'resolve')).toMatchObject({ state: 'paused', dueAt: null })
    expect((await clockOf(id, 'regime:iso-10002:resolve')).state).toBe('running')
    app.now = shanghai('2026-03-09T13:00')
    await cases().resume({ caseId: id, version: paused, note: null })
    // Two hours of working time later: one on the same day, one the next morning.
    expect([before.dueAt, (await clockOf(id, 'resolve')).dueAt]).toEqual([shanghai('2026-04-01T17:00'), shanghai('2026-04-02T10:00')])
    app.now = shanghai('2026-03-09T10:00')
  })

  test('warn whoever handles it, are missed once, go to those above, and tell nobody twice', async () => {
    const { id } = await complaint({ category: 'service', reason: 'attitude' })
    const acknowledge = await clockOf(id, 'acknowledge')
    app.now = new Date(acknowledge.warnAt!.getTime() + 60_000)
    await watch()
    const kinds = async () => (await cases().log({ caseId: id })).events.map(({ kind, said }) => `${kind} ${said.clock ?? ''}`)
    expect(await kinds()).toContain('warned acknowledge')
    app.now = new Date(acknowledge.dueAt!.getTime() + 60_000)
    await watch()
    await watch()
    const told = (await kinds()).filter((one) => one.endsWith(' acknowledge'))
    expect(told.toSorted()).toEqual(['breached acknowledge', 'escalated acknowledge', 'warned acknowledge'])
    const { items } = await app.as(organizationApi, { ...everybody, id: chief }).notifications({})
    expect(items.some(({ kind }) => kind === 'cases.escalated' || kind === 'cases.clocks')).toBe(true)
    expect((await cases().one({ caseId: id })).late).toContain('acknowledge')
    app.now = shanghai('2026-03-09T10:00')
  })

  test('of a case that nobody has warn those who serve it, and where nobody does those above', async () => {
    const heard = async () => (await app.as(organizationApi, { ...everybody, id: chief }).notifications({ limit: 200 })).items.length
    const { id } = await complaint({ category: 'service', reason: 'manner', ownerId: null })
    const before = await heard()
    app.now = new Date((await clockOf(id, 'acknowledge')).warnAt!.getTime() + 60_000)
    await watch()
    expect((await heard()) - before).toBe(1)
    app.now = shanghai('2026-03-09T10:00')
  })

  test('come as one message to each person, however many cases are late', async () => {
    const made = await Promise.all(
      Array.from({ length: 12 }, (_, i) => complaint({ subject: `Late ${i}`, category: 'service', reason: 'skill', productCode: `p${i}` })),
    )
    const before = (await app.as(organizationApi, { ...everybody, id: ada.id }).notifications({ limit: 200 })).items.length
    app.now = shanghai('2026-03-13T17:00')
    await watch()
    const after = (await app.as(organizationApi, { ...everybody, id: ada.id }).notifications({ limit: 200 })).items
    expect(after.length - before).toBe(1)
    expect(after[0]).toMatchObject({ kind: 'cases.clocks' })
    expect((await cases().list({ queue: 'mine', late: true, limit: 200 })).items.length).toBeGreaterThanOrEqual(made.length)
    app.now = shanghai('2026-03-09T10:00')
  })

  test('of a case that was merged or closed never run again', async () => {
    const request = async () => cases().open({ kind: 'request', customerId, subject: 'A', description: 'a', channel: 'phone' })
    const one = await request()
    const two = await request()
    await cases().merge({ caseId: one.id, version: one.version, intoCaseId: two.id, reason: 'The same' })
    app.now = shanghai('2026-04-09T10:00')
    await watch()
    const { clocks } = await cases().clocks({ caseId: one.id })
    expect(clocks.filter(({ state }) => state === 'running' || state === 'breached')).toEqual([])
    app.now = shanghai('2026-03-09T10:00')
  })
})

test('an extension that the rules allow is granted with a reason, and one that wants an approval by whoever approves', async () => {
  await app.transaction((context) =>
    writeSetting(context, regimesSetting, { inForce: [{ regime: 'cn-banking-insurance', kinds: ['complaint'] }] }, 0),
  )
  const { id, version } = await complaint({ category: 'contract', reason: 'grade' })
  const target = 'regime:cn-banking-insurance:decision'
  const before = await clockOf(id, target)
  const grant = (extension: string, at: number) =>
    cases().extend({ caseId: id, version: at, regime: 'cn-banking-insurance', target, extension, reason: 'Laboratory' })
  const { version: next } = await grant('complex', version)
  expect((await clockOf(id, target)).dueAt!.getTime() - before.dueAt!.getTime()).toBe(15 * 86_400_000)
  await expect(grant('approved', next)).rejects.toMatchObject({ status: 403, reason: 'needs-approval' })
  await expect(grant('holiday', next)).rejects.toMatchObject({ status: 422, reason: 'no-such-extension' })
})
