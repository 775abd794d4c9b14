import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import { createUser, organizationProfile, writeSetting } from '#modules/organization/public.ts'
import { serviceCostSetting } from '#modules/value/public.ts'
import type { Actor } from '#platform/context.ts'
import { type App, everybody, startApp } from '#test/app.ts'
import { casesApi } from './api.ts'

let app: App
let customerId: string
let transport: string
let quality: string
/** Handles, works in transport, leads, works in quality. */
let ada: Actor
let ben: Actor
let cid: Actor
let dan: Actor
const start = new Date('2026-03-10T02:00:00Z')
beforeAll(async () => {
  app = await startApp({ now: start })
  const ids = await app.transaction(async (context) => {
    await writeSetting(context, organizationProfile, { name: 'Tea', currency: 'CNY', timeZone: 'Asia/Shanghai', locale: 'en' }, 0)
    await writeSetting(context, serviceCostSetting, { minorPerMinute: 100, minorPerContact: {} }, 0)
    const made: string[] = []
    for (const name of ['Ada', 'Ben', 'Cid', 'Dan'])
      made.push(
        (await createUser(context, { name, email: `${name}@example.com`.toLowerCase(), roles: [name === 'Cid' ? 'supervisor' : 'agent'] }))
          .user.id,
      )
    return made
  })
  const actor = (id: string, name: string, permissions: readonly string[]): Actor => ({
    kind: 'person',
    id,
    name,
    roles: [],
    can: (p) => permissions.includes(p),
    reach: () => 'all',
  })
  const agent = ['cases.read', 'cases.write', 'customers.read', 'customers.write', 'commitments.read', 'commitments.write']
  ada = actor(ids[0]!, 'Ada', agent)
  ben = actor(ids[1]!, 'Ben', agent)
  cid = { ...actor(ids[2]!, 'Cid', [...agent, 'cases.approve']), roles: ['supervisor'] }
  dan = actor(ids[3]!, 'Dan', agent)
  customerId = (await app.as(customersApi, ada).create({ values: { name: 'Harbour Tea', phone: '+86 21 5555 0101' } })).id
  const organization = app.as(organizationApi, everybody)
  const department = async (name: string, headId: string) =>
    (await organization.createDepartment({ name, parentId: null, headId, deputyIds: [], calendarId: null })).id
  transport = await department('Storage and transport', ben.id)
  quality = await department('Quality', dan.id)
})
afterAll(() => app.close())

const as = (actor: Actor) => app.as(casesApi, actor)
const freight = {
  kind: 'complaint' as const,
  subject: 'Jars broken',
  description: 'Two of ten jars arrived broken',
  channel: 'phone' as const,
  category: 'freight',
  reason: 'loss',
  target: { kind: 'company' as const, name: null, userId: null, departmentId: null },
  demand: { kind: 'exchange' as const, text: null, amountMinor: null },
}
const open = (more: object = {}) => as(ada).open({ ...freight, customerId, ...more })
const judged = { admissible: true, reasonSufficient: true, demandReasonable: true, finding: 'founded' as const, note: null, evidence: [] }

describe('a freight complaint', () => {
  test('walks through eight steps with four people, and no shortcut is possible', async () => {
    const made = await open()
    expect(made).toMatchObject({ step: 'record', state: 'open', version: 1 })
    expect(made.number).toMatch(/^2026-\d{6}$/)
    const on = (version: number) => ({ caseId: made.id, version })
    await expect(as(cid).instruct({ ...on(1), decision: 'approved', remedies: null, recovery: null, note: null })).rejects.toMatchObject({
      status: 409,
      reason: 'not-in-this-step',
    })
    await expect(as(ada).execute({ ...on(1), note: 'x', fileIds: [], accepted: null })).rejects.toMatchObject({
      reason: 'not-in-this-step',
    })

    await as(ada).helpFirst({ ...on(1), text: 'Two jars sent at once', amountMinor: 2_000 })
    let { version, step } = await as(ada).acknowledge({ ...on(2), text: 'We look into it', sent: 'hand', answerBy: null })
    expect(step).toBe('validity')
    ;({ version, step } = await as(ada).judge({ ...on(version), ...judged }))
    expect(step).toBe('department')
    ;({ version } = await as(ada).route({ ...on(version), departmentId: quality, personId: null, note: null, shares: [] }))
    await expect(as(ben).accept({ ...on(version), note: null })).rejects.toMatchObject({ status: 403, reason: 'not-yours' })
    ;({ version, step } = await as(dan).handOver({ ...on(version), departmentId: transport, personId: ben.id, reason: 'It left us whole' }))
    expect(step).toBe('department')
    ;({ version, step } = await as(ben).accept({ ...on(version), note: null }))
    expect(step).toBe('cause')
    const cause = { causeId: null, text: 'Thin boxes', field: null, whys: ['A cheaper box'], occurrence: null, escape: null, evidence: [] }
    await expect(as(dan).findCause({ ...on(version), ...cause })).rejects.toMatchObject({ status: 403, reason: 'not-yours' })
    ;({ version } = await as(ben).findCause({ ...on(version), ...cause }))
    ;({ version, step } = await as(ben).settleResponsibility({
      ...on(version),
      userId: null,
      departmentId: transport,
      nobody: true,
      delayedBy: null,
      note: null,
    }))
    expect(step).toBe('remedy')
    await expect(as(ada).execute({ ...on(version), note: 'x', fileIds: [], accepted: null })).rejects.toMatchObject({
      reason: 'not-in-this-step',
    })
    ;({ version, step } = await as(ben).propose({
      ...on(version),
      remedies: [{ kind: 'discount', text: '20 %', amountMinor: 4_000 }],
      reason: 'Exchange takes too long',
      preventive: 'Thicker boxes',
      feasible: null,
    }))
    expect(step).toBe('approval')
    const yes = { decision: 'approved' as const, remedies: null, recovery: 'Claim on the carrier', note: null }
    await expect(as(ada).instruct({ ...on(version), ...yes })).rejects.toMatchObject({ status: 403 })
    await expect(as({ ...ben, can: () => true }).instruct({ ...on(version), ...yes })).rejects.toMatchObject({
      status: 403,
      reason: 'own-decision',
    })
    ;({ version, step } = await as(cid).instruct({ ...on(version), ...yes }))
    expect(step).toBe('execution')
    ;({ version } = await as(ada).execute({ ...on(version), note: 'Credit note 17', fileIds: [], accepted: true }))
    ;({ version } = await as(ada).tell({ ...on(version), text: 'Credit note is on its way', channel: 'phone', escalationRoute: null }))
    ;({ version } = await as(ada).ask({ ...on(version), how: 'phone' }))
    ;({ version } = await as(ada).considerPenalty({ ...on(version), penaltyIds: [], note: 'Nobody was careless' }))
    await as(ada).note({ ...on(version), text: 'Called twice', fileIds: [], minutes: 30 })
    ;({ version, step } = await as(ada).considerLoss({ ...on(version + 1), lossMinor: 6_000, recoveredMinor: 1_000, note: null }))
    expect(step).toBe('review')
    ;({ version } = await as(ada).hear({ ...on(version), satisfied: true, score: 9, text: 'Quick' }))
    ;({ version } = await as(ada).writeLesson({
      ...on(version),
      lesson: 'Boxes',
      improvement: 'Thicker',
      outcomes: ['insight'],
      bulletin: null,
    }))
    const check = { days: 30, verdict: 'effective' as const, before: null, after: null, note: null }
    for (const verdict of ['effective', 'too-little-data'] as const)
      await expect(as(ada).checkEffectiveness({ ...on(version), ...check, verdict })).rejects.toMatchObject({
        status: 422,
        reason: 'too-early',
        fields: [{ field: 'days' }],
      })
    await expect(as(ada).checkEffectiveness({ ...on(version), ...check, days: 31 })).rejects.toMatchObject({ reason: 'no-such-check' })
    app.now = new Date('2026-04-09T02:00:00Z')
    const closed = await as(ada).checkEffectiveness({ ...on(version), ...check })
    app.now = start
    expect(closed).toMatchObject({ state: 'closed', step: 'review' })

    const found = await as(ada).one({ caseId: made.id })
    expect(found.stays.map(({ step: key, by }) => [key, by])).toEqual([
      ['record', ada.id],
      ['validity', ada.id],
      ['department', ben.id],
      ['cause', ben.id],
      ['remedy', ben.id],
      ['approval', cid.id],
      ['execution', ada.id],
      ['review', ada.id],
    ])
    expect(found).toMatchObject({ transfers: [{ fromDepartmentId: quality, departmentId: transport }], minutes: 30, remedyMinor: 6_000 })
    // 30 minutes at 1.00, and 60.00 of remedies of which 10.00 came back.
    expect((await as(ada).log({ caseId: made.id })).events.find(({ kind }) => kind === 'closed')?.said).toEqual({ costMinor: 8_000 })
    const { rows } = await app.transaction(({ db }) =>
      db
        .selectFrom('value.service_cost')
        .select(['amount_minor', 'cause'])
        .where('cause_id', '=', made.id)
        .execute()
        .then((rows) => ({ rows })),
    )
    expect(rows).toEqual([{ amount_minor: 8_000, cause: 'case' }])
  })

  test('can be looked at as it was at any moment', async () => {
    const made = await open({ reason: 'damage' })
    app.now = new Date('2026-03-10T03:00:00Z')
    await as(ada).acknowledge({ caseId: made.id, version: 1, text: 'We look into it', sent: 'hand', answerBy: null })
    const then = await as(ada).one({ caseId: made.id, at: new Date('2026-03-10T02:30:00Z') })
    expect(then).toMatchObject({ step: 'record', acknowledged: null, may: [], version: 1 })
    await expect(as(ada).one({ caseId: made.id, at: new Date('2026-03-09T02:30:00Z') })).rejects.toMatchObject({ status: 404 })
    expect((await as(ada).one({ caseId: made.id })).step).toBe('validity')
    app.now = start
  })

  test('that is incomplete is refused with the field', async () => {
    for (const field of ['target', 'demand', 'category'] as const)
      await expect(open({ [field]: null, ...(field === 'category' ? { reason: null } : {}) })).rejects.toMatchObject({
        status: 422,
        fields: [{ field, reason: 'required' }],
      })
    await expect(open({ reason: 'attitude' })).rejects.toMatchObject({ status: 422, reason: 'no-such-reason' })
    await expect(open({ orderId: '0198c0de-0000-7000-8000-000000000000' })).rejects.toMatchObject({ status: 422, reason: 'no-such-order' })
  })

  test('on the same matter again says of which it is a repetition', async () => {
    const first = await open({ category: 'service', reason: 'attitude' })
    const second = await open({ category: 'service', reason: 'attitude' })
    expect([first.repeatOf, second.repeatOf]).toEqual([null, first.id])
  })

  test('about a colleague is not given to them', async () => {
    const made = await open({
      target: { kind: 'person', name: null, userId: ben.id, departmentId: null },
      category: 'service',
      reason: 'manner',
    })
    await expect(as(ada).assign({ caseId: made.id, version: 1, ownerId: ben.id, why: null })).rejects.toMatchObject({
      status: 403,
      reason: 'about-oneself',
    })
  })

  test('is not written by two who saw the same', async () => {
    const made = await open({ reason: 'deterioration' })
    await as(ada).note({ caseId: made.id, version: 1, text: 'One', fileIds: [], minutes: 0 })
    await expect(as(cid).note({ caseId: made.id, version: 1, text: 'Two', fileIds: [], minutes: 0 })).rejects.toMatchObject({
      status: 409,
      reason: 'changed-meanwhile',
    })
  })
})

describe('other kinds', () => {
  test('an enquiry becomes a complaint with what was written', async () => {
    const asked = await as(ada).open({
      kind: 'enquiry',
      customerId,
      subject: 'Where is it?',
      description: 'Ordered on Monday',
      channel: 'chat',
    })
    const { case: ended, made } = await as(ada).convert({
      caseId: asked.id,
      version: asked.version,
      kind: 'complaint',
      record: { category: freight.category, reason: 'packing-handling', target: freight.target, demand: freight.demand },
    })
    expect(ended.state).toBe('converted')
    expect(await as(ada).one({ caseId: made.id })).toMatchObject({ kind: 'complaint', from: asked.id, record: { subject: 'Where is it?' } })
  })

  test('one is taken into another of the same customer only', async () => {
    const one = await as(ada).open({ kind: 'request', customerId, subject: 'A', description: 'a', channel: 'phone' })
    const two = await as(ada).open({ kind: 'request', customerId, subject: 'B', description: 'b', channel: 'phone' })
    const other = (await app.as(customersApi, ada).create({ values: { name: 'Other' } })).id
    const foreign = await as(ada).open({ kind: 'request', customerId: other, subject: 'C', description: 'c', channel: 'phone' })
    await expect(as(ada).merge({ caseId: one.id, version: 1, intoCaseId: foreign.id, reason: 'x' })).rejects.toMatchObject({
      reason: 'another-customer',
    })
    expect(await as(ada).merge({ caseId: one.id, version: 1, intoCaseId: two.id, reason: 'The same' })).toMatchObject({ state: 'merged' })
    expect((await as(ada).one({ caseId: one.id })).ended).toEqual({ reason: 'The same', caseId: two.id })
  })

  test('a promise made in a case stands in the day of who promised', async () => {
    const made = await as(ada).open({ kind: 'request', customerId, subject: 'Call', description: 'x', channel: 'phone' })
    await as(ada).promise({ caseId: made.id, version: 1, text: 'Call back', day: '2026-03-11' })
    expect((await as(ada).one({ caseId: made.id })).promises).toMatchObject([{ text: 'Call back', day: '2026-03-11', by: ada.id }])
  })
})

describe('queues', () => {
  test('are of oneself, of one’s department, of nobody, and paged without gaps', async () => {
    const { items } = await as(ada).list({ queue: 'mine' })
    expect(new Set(items.map(({ ownerId }) => ownerId))).toEqual(new Set([ada.id]))
    const all: string[] = []
    let cursor: string | undefined
    do {
      const page = await as(ada).list({ queue: 'all', limit: 2, ...(cursor ? { cursor } : {}) })
      all.push(...page.items.map(({ id }) => id))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(new Set(all).size).toBe(all.length)
    expect(all.length).toBeGreaterThan(8)
    const unowned = await as(ada).open({ kind: 'request', customerId, subject: 'N', description: 'n', channel: 'web', ownerId: null })
    expect((await as(ada).list({ queue: 'nobody' })).items.map(({ id }) => id)).toEqual([unowned.id])
  })
})
