import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { ordersApi } from '#modules/orders/api.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import { organizationProfile, writeSetting } from '#modules/organization/public.ts'
import { serviceCostSetting } from '#modules/value/public.ts'
import type { Actor } from '#platform/context.ts'
import { type App, everybody, startApp } from '#test/app.ts'
import { colleague, freight, walk } from '#test/complaints.ts'
import { renewCases } from './actions/renewing.ts'
import { casesApi } from './api.ts'

/**
 * A dozen cases over three months, handled through the API at moments of their own. What the report says is counted again here by hand, from each case whole, as a person would who reads them one by one.
 */
let app: App
let ada: Actor
let bea: Actor
let departmentId: string
const customers: string[] = []
const made: string[] = []
type Detail = Awaited<ReturnType<ReturnType<typeof app.as<typeof casesApi>>['one']>>
let details: Detail[] = []

const at = (text: string) => {
  app.now = new Date(`${text}+08:00`)
}
const as = (actor: Actor = ada) => app.as(casesApi, actor)
const open = async (more: object = {}, customer = 0) => {
  const { id } = await as().open({ ...freight, customerId: customers[customer]!, ...more } as never)
  made.push(id)
  return id
}
const versionOf = async (caseId: string) => (await as().one({ caseId })).version

beforeAll(async () => {
  app = await startApp({ now: new Date('2026-01-05T02:00:00Z') })
  await app.transaction(async (context) => {
    await writeSetting(context, organizationProfile, { name: 'Tea', currency: 'CNY', timeZone: 'Asia/Shanghai', locale: 'en' }, 0)
    await writeSetting(context, serviceCostSetting, { minorPerMinute: 100, minorPerContact: {} }, 0)
  })
  ada = await colleague(app, 'Ada')
  bea = await colleague(app, 'Bea', ['supervisor'])
  const organization = app.as(organizationApi, everybody)
  departmentId = (
    await organization.createDepartment({ name: 'Transport', parentId: null, headId: ada.id, deputyIds: [], calendarId: null })
  ).id
  for (const name of ['Harbour Tea', 'Hill Tea', 'Lake Tea', 'River Tea'])
    customers.push((await app.as(customersApi, ada).create({ values: { name } })).id)
  await fixture()
  details = await Promise.all(made.map((caseId) => as().one({ caseId })))
})
afterAll(() => app.close())

const order = (customer: number, day: string) =>
  app.as(ordersApi, ada).place({
    customerId: customers[customer]!,
    day,
    lines: [{ product: 'TEA', quantity: '1', unitPrice: '100' }],
  })

async function fixture() {
  const who = { app, handler: ada, approver: bea, departmentId }
  at('2026-01-05T10:00:00')
  const first = await open({ dissatisfaction: 'unreliable', productCode: 'T-1' })
  at('2026-01-05T12:30:00')
  await as().note({ caseId: first, version: await versionOf(first), text: 'Called', fileIds: [], minutes: 25 })
  await walk(who, first, 'executed')
  at('2026-01-09T09:00:00')
  await walk(who, first, 'reviewed')
  await as().hear({ caseId: first, version: await versionOf(first), satisfied: true, score: 9, text: null })

  at('2026-01-20T09:00:00')
  const repeated = await open({ dissatisfaction: 'unreliable' })
  await as().helpFirst({ caseId: repeated, version: await versionOf(repeated), text: 'A gift', amountMinor: 700 })
  await as().hear({ caseId: repeated, version: await versionOf(repeated), satisfied: false, score: 2, text: 'Again' })

  // Received at half past twelve at night in Shanghai, which is the day before in London.
  at('2026-02-01T00:30:00')
  const unfounded = await open({ category: 'service', reason: 'attitude', dissatisfaction: 'neglected' }, 1)
  at('2026-02-01T01:00:00')
  await as().acknowledge({ caseId: unfounded, version: await versionOf(unfounded), text: 'x', sent: 'hand', answerBy: null })
  await as().judge({
    ...{ caseId: unfounded, version: await versionOf(unfounded), admissible: true, reasonSufficient: false, demandReasonable: false },
    ...{ finding: 'unfounded' as const, note: null, evidence: [] },
  })
  await as().reply({ caseId: unfounded, version: await versionOf(unfounded), text: 'x', channel: 'phone' })
  at('2026-02-03T15:00:00')
  await as(bea).readAgain({ caseId: unfounded, version: await versionOf(unfounded), agrees: true, note: null })
  at('2026-02-20T15:00:00')
  await as().reopen({ caseId: unfounded, version: await versionOf(unfounded), to: 'validity', reason: 'A new picture' })

  at('2026-02-10T09:00:00')
  for (const reason of ['damage', 'loss', 'loss'] as const) await open({ reason }, 2)
  const withdrawn = await open({ category: 'contract', reason: 'delivery-time' }, 3)
  await as().withdraw({ caseId: withdrawn, version: await versionOf(withdrawn), reason: 'Found it' })
  const merged = await open({ category: 'contract', reason: 'quantity' }, 3)
  await as().merge({
    caseId: merged,
    version: await versionOf(merged),
    intoCaseId: await open({ category: 'contract', reason: 'grade' }, 3),
    reason: 'Same',
  })

  at('2026-03-02T09:00:00')
  const answered = await open({ kind: 'enquiry', category: null, reason: null, target: null, demand: null }, 1)
  at('2026-03-02T09:10:00')
  await as().answer({ caseId: answered, version: await versionOf(answered), text: 'At nine', channel: 'chat' })
  await open({ category: null, reason: null, kind: 'claim', target: null, demand: null }, 1)
  at('2026-03-31T12:00:00')
  for (const [customer, day] of [
    [0, '2026-01-02'],
    [0, '2026-01-31'],
    [1, '2026-02-14'],
    [2, '2026-02-28'],
    [2, '2026-04-01'],
  ] as const)
    await order(customer, day)
  // What was cancelled is no purchase.
  const cancelled = await order(1, '2026-02-15')
  await app.as(ordersApi, ada).cancel({ id: cancelled.id, version: cancelled.version })
}

/** The day on the wall in Shanghai. */
const dayOf = (moment: Date) => new Date(moment.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
const counted = (kind = 'complaint') => details.filter((one) => one.kind === kind && one.state !== 'merged' && one.state !== 'converted')
const tally = (keys: readonly (string | null)[]) => {
  const counts = new Map<string, number>()
  for (const key of keys) if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1)
  return Object.fromEntries(counts)
}
const bars = ({ chart }: { readonly chart: { readonly bars: readonly { readonly key: string; readonly value: number }[] } }) =>
  Object.fromEntries(chart.bars.filter(({ value }) => value > 0).map(({ key, value }) => [key, value]))
const period = { from: '2026-01-01', to: '2026-03-31' }

describe('the report', () => {
  test('counts what the cases say, one by one', async () => {
    const report = await as().report(period)
    const cases = counted()
    expect(cases.length).toBe(8)
    expect(report.cases).toBe(cases.length)
    expect(bars(report.paretos.category)).toEqual(tally(cases.map(({ record }) => record.category)))
    expect(bars(report.paretos.reason)).toEqual(tally(cases.map(({ record }) => `${record.category}/${record.reason}`)))
    expect(bars(report.paretos.dissatisfaction)).toEqual(tally(cases.map(({ record }) => record.dissatisfaction)))
    expect(report.paretos.dissatisfaction.unsaid).toBe(cases.filter(({ record }) => record.dissatisfaction === null).length)
    expect(bars(report.paretos.product)).toEqual({ 'T-1': 1 })
    expect(bars(report.paretos.cause)).toEqual({ method: 1 })
    expect(bars(report.paretos.department)).toEqual({ [departmentId]: 1 })
    expect(report.board.satisfied).toMatchObject({ part: 1, whole: 2 })
    expect(report.board.late).toMatchObject({ part: cases.filter(({ late }) => late.length > 0).length, whole: 8 })
    const settled = cases.filter(({ resolvedAt, reopened }) => resolvedAt !== null || reopened > 0)
    expect(settled.length).toBe(2)
    expect(report.board.reopened).toMatchObject({ part: 1, whole: 2 })
    const answers = cases.flatMap(({ acknowledged, record }) =>
      acknowledged ? [(acknowledged.at.getTime() - record.receivedAt.getTime()) / 1000] : [],
    )
    expect(answers.toSorted((a, b) => a - b)).toEqual([1_800, 9_000])
    expect(report.board.firstAnswer).toMatchObject({ cases: 7, stillOpen: 5 })
    // The one that was withdrawn waits for nothing; the one that was opened again waits.
    expect(report.board.settlement).toMatchObject({ cases: 7, stillOpen: 6 })
    expect(report.board.backlog.cases).toBe(cases.filter(({ state }) => state === 'open').length)
    const found = (...findings: string[]) => cases.filter(({ judged }) => judged !== null && findings.includes(judged.finding)).length
    expect(report.board.established).toMatchObject({ part: found('founded', 'partly'), whole: found('founded', 'partly', 'unfounded') })
    expect(report.board.undecided).toBe(cases.length - found('founded', 'partly', 'unfounded'))
    expect(report.board.establishedRate).toMatchObject({ complaints: 1, orders: 4, perThousand: 250 })
    expect(report.iceberg).toMatchObject({ persistent: 2, dissatisfied: 40, silent: 38 })
    expect(report.wordOfMouth).toMatchObject({ satisfied: 1, dissatisfied: 1, good: 3, bad: 11 })
  })

  test('puts complaints beside the orders of the same month, on the company’s days', async () => {
    const { rates } = await as().report(period)
    const byMonth = tally(counted().map(({ record }) => dayOf(record.receivedAt).slice(0, 7)))
    expect(rates.periods.map(({ period: month, complaints, orders }) => [month, complaints, orders])).toEqual([
      ['2026-01', byMonth['2026-01'], 2],
      ['2026-02', byMonth['2026-02'], 2],
      ['2026-03', 0, 0],
    ])
    expect(byMonth).toEqual({ '2026-01': 2, '2026-02': 6 })
  })

  test('says what complaints cost: work, remedies, gifts, less what came back', async () => {
    const { cost } = await as().report(period)
    expect(cost.categories.find(({ category }) => category === 'freight')).toMatchObject({
      ...{ cases: 5, handlingMinutes: 25, handlingMinor: 2_500, remediesMinor: 4_000, goodwillMinor: 700, costMinor: 7_200 },
    })
    expect(cost.total.costMinor).toBe(7_200)
  })

  test('narrows to a kind, a product, a department', async () => {
    expect((await as().report({ ...period, kind: 'enquiry' })).cases).toBe(1)
    expect((await as().report({ ...period, productCode: 'T-1' })).cases).toBe(1)
    expect((await as().report({ ...period, departmentId })).cases).toBe(1)
    expect((await as().report({ from: '2026-02-01', to: '2026-02-01' })).cases).toBe(1)
    expect((await as().report({ from: '2026-01-31', to: '2026-01-31' })).cases).toBe(0)
  })

  test('is of the last twelve months where nothing is said, and of ten years at most', async () => {
    expect(await as().report({})).toMatchObject({ from: '2025-04-01', to: '2026-03-31', cases: 8 })
    await expect(as().report({ from: '2010-01-01', to: '2026-01-01' })).rejects.toMatchObject({ status: 422, reason: 'period-too-long' })
    await expect(as().report({ from: '2026-02-01', to: '2026-01-01' })).rejects.toMatchObject({ status: 422, reason: 'after-the-end' })
  })

  test.each([
    ['all', () => true],
    ['answered', ({ acknowledged }: Detail) => acknowledged !== null],
    ['not-answered', ({ acknowledged, closedAt }: Detail) => acknowledged === null && closedAt === null],
    ['settled', ({ resolvedAt, reopened }: Detail) => resolvedAt !== null || reopened > 0],
    ['not-settled', ({ resolvedAt, closedAt }: Detail) => resolvedAt === null && closedAt === null],
    ['late', ({ late }: Detail) => late.length > 0],
    ['reopened', ({ reopened }: Detail) => reopened > 0],
    ['satisfied', ({ feedback }: Detail) => feedback?.satisfied === true],
    ['dissatisfied', ({ feedback }: Detail) => feedback?.satisfied === false],
    ['persistent', ({ repeatOf }: Detail) => repeatOf !== null],
  ] as const)('shows the very cases behind %s', async (measure, isOne) => {
    const wanted = counted()
      .filter(isOne)
      .map(({ id }) => id)
    const found: string[] = []
    let cursor: string | undefined
    do {
      const page = await as().reportCases({ ...period, measure, limit: 2, ...(cursor ? { cursor } : {}) })
      found.push(...page.items.map(({ id }) => id))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(found.toSorted()).toEqual(wanted.toSorted())
  })

  test('shows the very cases behind a bar', async () => {
    const { items } = await as().reportCases({ ...period, by: 'reason', key: 'freight/loss' })
    expect(items.map(({ reason }) => reason)).toEqual(['loss', 'loss'])
    expect((await as().reportCases({ ...period, by: 'dissatisfaction', key: 'unreliable' })).items).toHaveLength(2)
    expect((await as().reportCases({ ...period, by: 'cause', key: 'method' })).items.map(({ id }) => id)).toEqual([made[0]])
  })

  test('tells how a category went from month to month', async () => {
    const { months, rows, others } = await as().reportTrends({ ...period, by: 'category' })
    expect(months).toEqual(['2026-01', '2026-02', '2026-03'])
    expect(Object.fromEntries(rows.map(({ key, months: counts }) => [key, counts]))).toEqual({
      freight: [2, 3, 0],
      contract: [0, 2, 0],
      service: [0, 1, 0],
    })
    expect(others).toEqual([0, 0, 0])
  })

  test('is closed to whoever sees only some customers', async () => {
    const own: Actor = { ...ada, reach: () => [ada.id] }
    await expect(as(own).report({})).rejects.toMatchObject({ status: 403 })
    await expect(as(own).reportCases({})).rejects.toMatchObject({ status: 403 })
  })
})

describe('the counts of a supervisor', () => {
  test('balance, and are those of the cases one by one', async () => {
    const { report } = await as().regulatorReport({ from: '2026-02-01', to: '2026-02-28' })
    // Before February the repeated one was open. The first was settled on 9 January, though its review goes on.
    expect(report.total).toMatchObject({ outstandingBefore: 1, opened: 6, closedTotal: 1, outstandingAfter: 6, unexplained: 0 })
    const { report: january } = await as().regulatorReport({ from: '2026-01-01', to: '2026-01-31' })
    expect(january.total).toMatchObject({ closedTotal: 1, outstandingAfter: 1, unexplained: 0 })
    expect(report.total.closed).toEqual({ 'three-days': 1, 'eight-weeks': 0, later: 0 })
    expect(report.byCategory.map(({ category, opened }) => [category, opened])).toEqual([
      ['contract', 2],
      ['freight', 3],
      ['service', 1],
    ])
  })
  test('come as a file', async () => {
    const file = (await as().regulatorFile({ from: '2026-02-01', to: '2026-02-28', format: 'csv', language: 'zh-CN' })) as unknown as {
      text: string
      headers: Headers
    }
    expect(file.headers.get('content-disposition')).toContain('complaints-2026-02-01-2026-02-28.csv')
    const lines = file.text.replace('\ufeff', '').trim().split('\r\n')
    expect(lines[0]).toContain('期初未结')
    expect(lines.at(-1)).toBe('合计,,1,6,1,0,0,6,0,0,1,0.00,0.00,0,0,0,0,0,0')
  })
})

test('repurchase is counted for those whose time is over, beside customers who never complained', async () => {
  at('2026-12-31T12:00:00')
  // Settled on 9 January: the order of 31 January counts. Of the others only those who ordered and never complained.
  const found = await as().reportRepurchase({ from: '2026-01-01', to: '2026-06-01' })
  expect(found.resolved).toMatchObject({ part: 1, whole: 1 })
  expect(found.without).toMatchObject({ whole: 0 })
  expect(found).toMatchObject({ days: 180, until: '2026-06-01', inBand: 'too-little-data', band: { low: 0.52, high: 0.95 } })
  at('2026-03-31T12:00:00')
  expect((await as().reportRepurchase({ from: '2026-01-01', to: '2026-03-31' })).resolved.whole).toBe(0)
})

describe('the scorecard (A-05)', () => {
  test('changes with the next thing that somebody does', async () => {
    at('2026-03-31T12:00:00')
    const before = await as().scorecard({})
    expect(before).toMatchObject({
      open: details.filter(({ state }) => state === 'open').length,
      newThisWeek: 0,
      satisfied: { part: 1, whole: 2 },
    })
    const id = await open({ reason: 'deterioration' }, 3)
    at('2026-03-31T12:20:00')
    await as().acknowledge({ caseId: id, version: await versionOf(id), text: 'x', sent: 'hand', answerBy: null })
    await as().hear({ caseId: id, version: await versionOf(id), satisfied: true, score: 10, text: null })
    const after = await as().scorecard({})
    expect(after).toMatchObject({ open: before.open + 1, newThisWeek: 1, satisfied: { part: 2, whole: 3 } })
    expect(after.firstAnswer.cases - after.firstAnswer.stillOpen).toBe(before.firstAnswer.cases - before.firstAnswer.stillOpen + 1)
    expect(after.acts).toBe(before.acts + 3)
  })
})

test('what was found not to be right is counted apart from what was, in every figure (G-05)', async () => {
  const period = { from: '2026-07-01', to: '2026-07-31' }
  at('2026-07-01T09:00:00')
  const right = await open({ demand: { kind: 'refund', text: null, amountMinor: null } }, 3)
  await walk({ app, handler: ada, approver: bea, departmentId }, right, 'reviewed')
  at('2026-07-02T09:00:00')
  const wrong = await open({ category: 'service', reason: 'skill', dissatisfaction: 'neglected' }, 2)
  const on = async () => ({ caseId: wrong, version: await versionOf(wrong) })
  await as().acknowledge({ ...(await on()), text: 'x', sent: 'hand', answerBy: null })
  const judgement = { admissible: true, reasonSufficient: false, demandReasonable: false, finding: 'unfounded' as const }
  await as().judge({ ...(await on()), ...judgement, note: null, evidence: [] })
  const waiting = await open({ category: 'contract', reason: 'grade' }, 1)
  const gone = await open({ category: 'contract', reason: 'quantity' }, 0)
  await as().withdraw({ caseId: gone, version: await versionOf(gone), reason: 'Found it' })
  const of = async (verdict?: 'established' | 'not-established' | 'undecided') =>
    as().report({ ...period, ...(verdict ? { verdict } : {}) })
  const all = await of()
  expect(all.cases).toBe(4)
  expect(all.board).toMatchObject({ established: { part: 1, whole: 2 }, undecided: 2 })
  const [established, not, undecided] = [await of('established'), await of('not-established'), await of('undecided')]
  expect([established.cases, not.cases, undecided.cases]).toEqual([1, 1, 2])
  expect(bars(established.paretos.category)).toEqual({ freight: 1 })
  expect(bars(not.paretos.reason)).toEqual({ 'service/skill': 1 })
  expect(established.cost.total.remediesMinor).toBe(all.cost.total.remediesMinor)
  expect(not.cost.total.costMinor).toBe(0)
  const behind = async (input: Parameters<ReturnType<typeof as>['reportCases']>[0]) =>
    (await as().reportCases({ ...period, ...input })).items.map(({ id }) => id).toSorted()
  expect(await behind({ measure: 'established' })).toEqual([right])
  expect(await behind({ verdict: 'established' })).toEqual([right])
  expect(await behind({ measure: 'not-established' })).toEqual([wrong])
  expect(await behind({ measure: 'undecided' })).toEqual([waiting, gone].toSorted())

  await as().reply({ ...(await on()), text: 'x', channel: 'phone' })
  await as(bea).readAgain({ ...(await on()), agrees: true, note: null })
  const { report } = await as().regulatorReport(period)
  expect(report.total).toMatchObject({ closedTotal: 3, upheld: { part: 1 }, rejected: { part: 1 }, unjudged: 1 })
  expect(report.total.upheldRedressMinor).toBe(report.total.redressMinor)
})

test('what reports count can be made anew from the logs, and is what the log says', async () => {
  const check = (repair: boolean) => app.transaction((context) => renewCases(context, null, repair))
  expect(await check(false)).toMatchObject({ wrong: 0, last: null })
  await app.transaction(({ db }) => db.updateTable('cases.figure').set({ minutes: 9_999 }).where('case_id', '=', made[0]!).execute())
  await app.transaction(({ db }) => db.deleteFrom('cases.figure').where('case_id', '=', made[1]!).execute())
  expect((await check(true)).wrong).toBe(2)
  expect((await check(false)).wrong).toBe(0)
})
