import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import { organizationProfile, writeSetting } from '#modules/organization/public.ts'
import type { Actor } from '#platform/context.ts'
import { type App, everybody, startApp } from '#test/app.ts'
import { colleague, freight, walk } from '#test/complaints.ts'
import { casesApi } from './api.ts'

let app: App
let ada: Actor
let bea: Actor
let departmentId: string
let customerId: string
let other: string

const on = (day: string) => {
  app.now = new Date(`${day}T10:00:00+08:00`)
}
const as = (actor: Actor = ada) => app.as(casesApi, actor)
const numbers = async (wish: object, actor: Actor = ada) => (await as(actor).archive(wish as never)).items.map(({ subject }) => subject)
/** An enquiry that is answered at once. */
const ended = async (subject: string, description: string, answer = 'At nine', customer = customerId) => {
  const made = await as().open({ kind: 'enquiry', customerId: customer, subject, description, channel: 'chat' } as never)
  await as().answer({ caseId: made.id, version: made.version, text: answer, channel: 'chat' })
  return made.id
}

beforeAll(async () => {
  app = await startApp({ now: new Date('2026-03-02T02:00:00Z') })
  await app.transaction((context) =>
    writeSetting(context, organizationProfile, { name: 'Tea', currency: 'CNY', timeZone: 'Asia/Shanghai', locale: 'en' }, 0),
  )
  ada = await colleague(app, 'Ada')
  bea = await colleague(app, 'Bea', ['supervisor'])
  const organization = app.as(organizationApi, everybody)
  departmentId = (
    await organization.createDepartment({ name: 'Transport', parentId: null, headId: ada.id, deputyIds: [], calendarId: null })
  ).id
  customerId = (await app.as(customersApi, ada).create({ values: { name: 'Harbour Tea' } })).id
  other = (await app.as(customersApi, ada).create({ values: { name: 'Hill Tea', ownerId: bea.id } })).id
})
afterAll(() => app.close())

describe('the archive', () => {
  test('has cases that have ended, the last first, and finds them by what was said in them, in both languages', async () => {
    on('2026-03-02')
    await ended('Opening hours', 'When do you open on Sunday?', 'At nine')
    on('2026-03-03')
    await ended('包装问题', '外包装在运输途中破损了', '我们会改用更厚的纸箱')
    on('2026-03-04')
    await ended('Parking', 'Where can I park?', 'Behind the warehouse')
    await as().open({ kind: 'enquiry', customerId, subject: 'Still open', description: 'Sunday', channel: 'chat' } as never)
    expect(await numbers({})).toEqual(['Parking', '包装问题', 'Opening hours'])
    expect(await numbers({ q: 'sunday' })).toEqual(['Opening hours'])
    expect(await numbers({ q: '破损' })).toEqual(['包装问题'])
    expect(await numbers({ q: '破損' })).toEqual(['包装问题'])
    expect(await numbers({ q: '更厚的纸箱' })).toEqual(['包装问题'])
    expect(await numbers({ q: '纸箱更厚' })).toEqual([])
    expect(await numbers({ q: 'nothing of the kind' })).toEqual([])
    expect((await as().archive({ q: '途中' })).items[0]!.excerpt).toBe('外包装在运输途中破损了')
    expect(await numbers({ from: '2026-03-03', to: '2026-03-03' })).toEqual(['包装问题'])
    expect(await numbers({ kind: ['complaint'] })).toEqual([])
    const first = await as().archive({ limit: 2 })
    expect((await as().archive({ limit: 2, cursor: first.next! })).items.map(({ subject }) => subject)).toEqual(['Opening hours'])
  })

  test('shows the four parts of an archived complaint: content, process, result, satisfaction (G-15)', async () => {
    on('2026-03-10')
    const made = await as().open({ ...freight, customerId, subject: 'Lids cracked' } as never)
    await as().note({ caseId: made.id, version: made.version, text: 'Called the packer', fileIds: [], minutes: 20 })
    const version = await walk({ app, handler: ada, approver: bea, departmentId }, made.id, 'reviewed')
    await as().hear({ caseId: made.id, version, satisfied: true, score: 9, text: 'Quick' })
    expect(await numbers({ q: 'packer' })).toEqual([])
    on('2026-04-09')
    await as().checkEffectiveness({
      caseId: made.id,
      version: version + 1,
      days: 30,
      verdict: 'effective',
      before: null,
      after: null,
      note: null,
    })
    const { items } = await as().archive({ q: 'packer' })
    expect(items).toMatchObject([
      {
        subject: 'Lids cracked',
        category: 'freight',
        state: 'closed',
        finding: 'founded',
        remedyMinor: 4_000,
        satisfied: true,
        transfers: 0,
        minutes: 20,
        excerpt: 'Called the packer',
      },
    ])
    // Opened again it is none of the archive; what is said after the end is found, too.
    const { version: now } = await as().one({ caseId: made.id })
    await as().reopen({ caseId: made.id, version: now, to: 'execution', reason: 'Cracked again' })
    expect(await numbers({ q: 'packer' })).toEqual([])
  })

  test('walks where a word is common, and finds the same', async () => {
    await app.transaction(async ({ db }) => {
      await sql`insert into cases.case (customer_id, id, number, kind, process_key, process_version, step, state, subject, channel, received_at, opened_at, opened_by, rank_at, closed_at, version)
        select ${customerId}::uuid, gen_random_uuid(), 'old-' || n, 'enquiry', 'enquiry', 1, 'answer', 'closed', 'Old ' || n, 'phone', t, t, 'x', t, t, 1
        from (select n, timestamptz '2025-01-01' + n * interval '1 minute' as t from generate_series(1, 6000) n) x`.execute(db)
      await sql`insert into cases.archive (customer_id, case_id, ended_at, kind, words)
        select customer_id, id, closed_at, kind, ('''common'':1 ''' || case when number = 'old-3' then 'rare' else 'usual' end || ''':2')::tsvector from cases.case where number like 'old-%'`.execute(
        db,
      )
    })
    const found = await as().archive({ q: 'common', limit: 3 })
    expect(found.items.map(({ number }) => number)).toEqual(['old-6000', 'old-5999', 'old-5998'])
    expect((await as().archive({ q: 'common', limit: 3, cursor: found.next! })).items[0]!.number).toBe('old-5997')
    expect((await as().archive({ q: 'common rare' })).items.map(({ number }) => number)).toEqual(['old-3'])
  })

  test('shows nobody what is beyond their reach', async () => {
    on('2026-03-20')
    await ended('Secret recipe', 'Recipe of the house', 'No', other)
    const own: Actor = { ...ada, id: bea.id, reach: () => [bea.id] }
    expect(await numbers({ q: 'recipe' }, own)).toEqual(['Secret recipe'])
    const stranger: Actor = { ...own, id: 'y', reach: () => ['y'] }
    expect(await numbers({ q: 'recipe' }, stranger)).toEqual([])
    // Nor where the list goes on: that there is more says that somebody said it.
    expect(await as(stranger).archive({ q: 'common', limit: 1 })).toEqual({ items: [], next: null })
  })

  test('forgets with the person', async () => {
    on('2026-03-21')
    const person = (await app.as(customersApi, ada).create({ values: { name: 'Somebody' } })).id
    await ended('Allergy', 'I am allergic to jasmine', 'Noted', person)
    expect(await numbers({ q: 'jasmine' })).toEqual(['Allergy'])
    await app.transaction(({ db }) => db.deleteFrom('cases.archive').where('customer_id', '=', person).execute())
    expect(await numbers({ q: 'jasmine' })).toEqual([])
  })
})

describe('cases as a file', () => {
  const file = async (wish: object, actor: Actor = ada) =>
    ((await as(actor).exportCases({ format: 'csv', ...wish } as never)) as unknown as { text: string }).text
      .replace('\ufeff', '')
      .trim()
      .split('\r\n')

  test('have the columns that people expect, in their language, the newest first', async () => {
    const lines = await file({ from: '2026-03-02', to: '2026-03-04', language: 'zh-CN' })
    expect(lines[0]).toMatch(/^编号,类型,状态,客户,/)
    expect(lines[0]).toContain('补救金额 (CNY)')
    expect(lines).toHaveLength(5)
    expect(lines.at(-1)).toContain('Harbour Tea')
    expect(lines[0]).not.toContain('发生了什么')
  })
  test('hold words only for whoever may see how people are reached', async () => {
    const wish = { from: '2026-03-03', to: '2026-03-03', words: true }
    expect((await file(wish))[1]).toContain('外包装在运输途中破损了')
    const analyst: Actor = { ...ada, can: (permission) => permission !== 'customers.read-personal' }
    expect((await file(wish, analyst))[1]).not.toContain('破损')
  })
  test('are not run as formulas', async () => {
    on('2026-04-01')
    await ended('=HYPERLINK("http://x")', 'x')
    expect((await file({ from: '2026-04-01', words: true }))[1]).toContain(`"'=HYPERLINK(""http://x"")"`)
  })
  test('are narrowed to what one sees, a kind, a state', async () => {
    expect(await file({ from: '2026-03-20', to: '2026-03-20' }, { ...ada, id: 'x', reach: () => ['x'] })).toHaveLength(1)
    expect(await file({ from: '2026-03-01', kind: ['complaint'] })).toHaveLength(2)
    expect(await file({ from: '2026-03-01', state: ['open'] })).toHaveLength(3)
  })
})

describe('who went to somebody else (H-20)', () => {
  test('stands in the register with rival and reason, in the archive of the customer, and comes back', async () => {
    on('2026-05-04')
    const left = await as().noteDesertion({
      customerId,
      leftOn: '2026-05-02',
      rival: 'Mountain Tea',
      reason: 'neglected',
      note: 'Nobody called back',
    })
    await as().noteDesertion({ customerId: other, leftOn: '2026-04-02', rival: 'mountain tea ', reason: 'price', note: null })
    await as().noteDesertion({ customerId: other, leftOn: '2026-05-03', rival: null, reason: null, note: null })
    const archive = await app.as(customersApi, ada).one({ id: customerId })
    expect(JSON.stringify(archive)).toContain('Mountain Tea')
    const report = await as().desertionReport({ from: '2026-04-01', to: '2026-05-31' })
    expect(report).toMatchObject({ customers: 3, back: 0, withoutReason: 1, withoutRival: 1 })
    expect(report.rivals.bars.map(({ key, value }) => [key, value])).toEqual([['Mountain Tea', 2]])
    expect(Object.fromEntries(report.reasons.bars.map(({ key, value }) => [key, value]))).toEqual({ neglected: 1, price: 1 })
    await as().changeDesertion({ desertionId: left.id, version: 1, backOn: '2026-05-04' })
    expect((await as().desertionReport({ from: '2026-04-01', to: '2026-05-31' })).back).toBe(1)
    await expect(as().changeDesertion({ desertionId: left.id, version: 1, note: 'x' })).rejects.toMatchObject({ status: 409 })
    await expect(as().changeDesertion({ desertionId: left.id, version: 2, backOn: '2026-05-01' })).rejects.toMatchObject({
      reason: 'before-it-began',
    })
    await expect(as().noteDesertion({ customerId, leftOn: '2026-05-05', rival: null, reason: null, note: null })).rejects.toMatchObject({
      reason: 'not-yet-come',
    })
    const { items } = await as().desertions({ from: '2026-04-01', reason: 'neglected' })
    expect(items).toMatchObject([{ customerName: 'Harbour Tea', rival: 'Mountain Tea', backOn: '2026-05-04' }])
    expect((await as({ ...ada, reach: () => [bea.id] }).desertions({})).items.every(({ customerId: id }) => id === other)).toBe(true)
    expect(await as({ ...ada, id: 'y', reach: () => ['y'] }).desertions({ limit: 1 })).toEqual({ items: [], next: null })
    // Those whom one sees stand on one page, whoever stands between them.
    expect((await as({ ...ada, reach: () => [bea.id] }).desertions({ limit: 2 })).items).toHaveLength(2)
    expect((await as().desertionsOfCustomer({ customerId: other })).desertions).toHaveLength(2)
  })
})

describe('how people judge their own service (F-11)', () => {
  const sheet = async (points: number) => (await as().selfAssessment({})).items.map(({ key }) => ({ key, points }))

  test('points become grades by the table, month by month', async () => {
    on('2026-06-15')
    const found = await as().selfAssessment({})
    expect(found.items).toHaveLength(10)
    expect(await as().assessSelf({ month: '2026-05', version: 0, items: await sheet(9), note: null })).toMatchObject({
      points: 90,
      grade: 'A',
    })
    expect(await as().assessSelf({ month: '2026-06', version: 0, items: await sheet(6), note: 'Tired' })).toMatchObject({
      points: 60,
      grade: 'D',
    })
    expect((await as().selfAssessment({})).months).toMatchObject([
      { month: '2026-05-01', points: 90, grade: 'A', toNext: null },
      { month: '2026-06-01', points: 60, grade: 'D', toNext: 5, note: 'Tired' },
    ])
    expect((await as(bea).selfAssessment({})).months).toEqual([])
    expect((await as(bea).selfAssessments({})).people).toMatchObject([{ userId: ada.id, verdict: 'too-little-data' }])
    // Of others only those see it who look after them.
    expect((await as({ ...bea, reach: () => [bea.id] }).selfAssessments({})).people).toEqual([])
    expect((await as({ ...bea, reach: () => [ada.id] }).selfAssessments({})).people).toHaveLength(1)
  })
  test('a sheet is whole, of a month that has begun, and not written by two', async () => {
    await expect(as().assessSelf({ month: '2026-07', version: 0, items: await sheet(5), note: null })).rejects.toMatchObject({
      reason: 'not-yet-come',
    })
    await expect(as().assessSelf({ month: '2026-04', version: 0, items: (await sheet(5)).slice(1), note: null })).rejects.toMatchObject({
      reason: 'required',
    })
    await expect(as().assessSelf({ month: '2026-04', version: 0, items: await sheet(11), note: null })).rejects.toMatchObject({
      reason: 'too-many-points',
    })
    await expect(as().assessSelf({ month: '2026-06', version: 0, items: await sheet(5), note: null })).rejects.toMatchObject({
      status: 409,
    })
    expect(await as().assessSelf({ month: '2026-06', version: 1, items: await sheet(7), note: null })).toMatchObject({
      version: 2,
      grade: 'C',
    })
  })
})
